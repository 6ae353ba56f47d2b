#include "python/src/errors.h"

#include <pybind11/pybind11.h>

#include <exception>
#include <string>
#include <utility>

#include "gamut/core/error.h"

namespace gamut::python {
namespace {

namespace py = pybind11;

void raise(const char* name, const Error& error) {
  // A message may quote bytes of a file that are no UTF-8.
  const std::string message = error.what();
  const auto text = py::reinterpret_steal<py::object>(
      PyUnicode_DecodeUTF8(message.data(), static_cast<Py_ssize_t>(message.size()), "replace"));
  const py::object type = py::module_::import("gamut.errors").attr(name);
  py::object value = type(text);
  const std::string path = error.path().string();
  if (!path.empty()) {
    value.attr("path") = py::reinterpret_steal<py::object>(
        PyUnicode_DecodeFSDefaultAndSize(path.data(), static_cast<Py_ssize_t>(path.size())));
  }
  PyErr_SetObject(type.ptr(), value.ptr());
}

void translate(std::exception_ptr thrown) {
  try {
    std::rethrow_exception(std::move(thrown));
  } catch (const ParameterError& error) {
    raise("ParameterError", error);
  } catch (const FileError& error) {
    raise("FileError", error);
  } catch (const DecodeError& error) {
    raise("DecodeError", error);
  } catch (const ModelError& error) {
    raise("ModelError", error);
  } catch (const Error& error) {
    raise("Error", error);
  }
}

}  // namespace

void translate_errors() {
  py::register_local_exception_translator(translate);
}

}  // namespace gamut::python
