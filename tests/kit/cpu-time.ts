/** CPU time of this process that `work` takes, in milliseconds: what else the machine does is left out. */
export function cpuTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
