/** Names under which Flink's scripts, YARN and Docker put logs. */

const flinkName =
  /(?:^|[/\\!])(?:flink-.+-(?:standalonesession|standalonejob|taskexecutor)-\d+-.+|jobmanager|taskmanager)\.log(?:[.-][\d-]+)?(?:\.(?:gz|zst|bz2|xz))?$/;

/** Whether a file has the name that Flink gives the log of a JobManager or TaskManager, rolled and packed ones included. */
export function hasFlinkName(path: string): boolean {
  return flinkName.test(path);
}
