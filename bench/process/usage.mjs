/** What a process and everything below it uses, from /proc. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const TICK_MICROSECONDS = 1e6 / Number(execFileSync('getconf', ['CLK_TCK']).toString());

/** Microseconds of user and system time. @param without processes that run this script do not count */
export function cpuOf(pid, without) {
  return sum(pid, without, (id) => {
    const fields = statOf(id);
    return (Number(fields[11]) + Number(fields[12])) * TICK_MICROSECONDS;
  });
}

/** Resident megabytes. */
export function memoryOf(pid, without) {
  return sum(pid, without, (id) => {
    const status = readFileSync(`/proc/${id}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  });
}

/** Microseconds that all processes of the machine have used, and idle time. */
export function machineCpu() {
  const fields = readFileSync('/proc/stat', 'utf8')
    .split('\n', 1)[0]
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  const idle = fields[3] + fields[4];
  const busy = fields.slice(0, 8).reduce((total, value) => total + value, 0) - idle;
  return busy * TICK_MICROSECONDS;
}

function sum(root, without, read) {
  const children = new Map();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const parent = attempt(() => Number(statOf(entry)[1]));
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const total = (id) => {
    const script = attempt(() => readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0')[1]);
    const left = without !== undefined && script?.endsWith(without) === true;
    const own = left ? 0 : (attempt(() => read(id)) ?? 0);
    return (children.get(id) ?? []).reduce((all, child) => all + total(child), own);
  };
  return total(root);
}

/** The fields after the command's name, which may hold spaces. */
function statOf(id) {
  const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Undefined for a process that ended while we looked. */
function attempt(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}
