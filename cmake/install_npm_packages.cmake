# Installs exactly what web/package-lock.json says. Locked, because several build trees share web/node_modules.
file(MAKE_DIRECTORY ${WEB}/dist)
file(LOCK ${WEB}/dist DIRECTORY GUARD PROCESS TIMEOUT 600)
set(installed ${WEB}/node_modules/.package-lock.json)
if(NOT EXISTS ${installed} OR ${WEB}/package-lock.json IS_NEWER_THAN ${installed})
  execute_process(COMMAND ${NPM} ci --ignore-scripts --no-audit --no-fund WORKING_DIRECTORY ${WEB}
                  COMMAND_ERROR_IS_FATAL ANY)
endif()
file(TOUCH ${installed})
