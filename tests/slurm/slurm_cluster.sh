# shellcheck shell=bash
# A Slurm of one machine, for tests: sourced, not called. Everything it needs lies in one folder; every daemon is a child of
# the shell that sourced it, and ends with stop_slurm.

slurm_daemons=()

# start_slurm FOLDER CPUS: munge, controller and node daemon; returns once the node takes jobs. Sets SLURM_CONF.
start_slurm() {
  local folder=$1 cpus=$2 host
  host=$(hostname -s)
  mkdir -p "$folder"/{state,spool,log}
  chmod 755 "$folder"
  (umask 077 && head -c 1024 /dev/urandom >"$folder/munge.key")
  # munged asks for folders that only root may write to; a test's folder need not be one.
  munged --foreground --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" --pid-file="$folder/munged.pid" \
    --seed-file="$folder/munge.seed" --log-file="$folder/log/munged.log" >/dev/null 2>&1 &
  slurm_daemons+=($!)
  local port=$((20000 + RANDOM % 20000))
  cat >"$folder/slurm.conf" <<CONF
ClusterName=gamut
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket,cred_expire=2
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
SchedulerParameters=sched_interval=5,bf_interval=5,batch_sched_delay=0
ReturnToService=2
KillWait=5
NodeName=$host NodeAddr=127.0.0.1 CPUs=$cpus State=UNKNOWN
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF
  export SLURM_CONF=$folder/slurm.conf
  wait_until 20 test -S "$folder/munge.socket"
  slurmctld -D -f "$SLURM_CONF" >/dev/null 2>&1 &
  slurm_daemons+=($!)
  wait_until 30 scontrol ping
  slurmd -D -f "$SLURM_CONF" -N "$host" >/dev/null 2>&1 &
  slurm_daemons+=($!)
  wait_until 60 node_takes_jobs
}

node_takes_jobs() {
  sinfo --noheader --format=%t | grep -qx 'idle\|mix\|alloc'
}

# stop_slurm: ends the jobs, then the daemons that start_slurm started, the last one first.
stop_slurm() {
  local i
  if [ -n "${SLURM_CONF:-}" ]; then
    scancel --user=root >/dev/null 2>&1 || true
    wait_until 30 no_job_runs || true
  fi
  for ((i = ${#slurm_daemons[@]} - 1; i >= 0; --i)); do
    kill "${slurm_daemons[i]}" 2>/dev/null || true
    wait "${slurm_daemons[i]}" 2>/dev/null || true
  done
  slurm_daemons=()
}

no_job_runs() {
  [ -z "$(squeue --noheader --states=running,completing 2>/dev/null)" ]
}

# wait_until SECONDS COMMAND…: asks twice a second; fails once the time is up.
wait_until() {
  local limit=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    if [ "$SECONDS" -ge "$limit" ]; then
      echo "waited in vain for: $*" >&2
      return 1
    fi
    sleep 0.5
  done
}
