/** How the engine runs the language server. */

/**
 * Options of Node for the server's process. A log that grows leaves garbage behind, of which the engine by itself lets
 * more gather than there is in use: a third of the process's memory. Half of it costs no processor time that could be
 * measured (docs/performance.md).
 */
export const engineOptions: readonly string[] = ['--heap-growing-percent=50'];
