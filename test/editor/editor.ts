// What the suites do in the editor again and again.
import assert from 'node:assert/strict';
import { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

/** Parts of the names of the samples. */
export type Sample = 'standalonesession-0' | 'taskexecutor-0' | 'taskexecutor-1';

/** Where a sample is. */
async function sampleUri(name: Sample): Promise<vscode.Uri> {
  const [uri] = await vscode.workspace.findFiles(`*${name}*.log`);
  assert.ok(uri, `the sample ${name} is in the open folder`);
  return uri;
}

/** Shows a sample in the editor. */
export async function showSample(name: Sample): Promise<vscode.TextEditor> {
  await openInEditor(await sampleUri(name));
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor);
  return editor;
}

/** Where a text first stands in a document; `offset` columns into it. */
export function find(document: vscode.TextDocument, text: string, offset = 0): vscode.Position {
  const index = document.getText().indexOf(text);
  assert.ok(index >= 0, `"${text}" stands in ${document.uri.toString()}`);
  return document.positionAt(index + offset);
}

/** Asks until the answer satisfies, 450 times at most, some tenths of a second apart; then fails with the last answer. */
export async function eventually<T>(
  ask: () => T | PromiseLike<T>,
  satisfies: (answer: Awaited<T>) => boolean,
): Promise<Awaited<T>> {
  for (let attempt = 0; ; attempt++) {
    const answer = await ask();
    if (satisfies(answer)) return answer;
    if (attempt === 450) assert.fail(`gave up waiting at ${JSON.stringify(answer)}`);
    await new Promise((settle) => setTimeout(settle, 100));
  }
}

/** Asks one of VS Code's own commands that call language providers, until there is an answer. */
export async function provided<T>(command: string, ...args: readonly unknown[]): Promise<readonly T[]> {
  return eventually(
    async () => (await vscode.commands.executeCommand<T[] | undefined>(command, ...args)) ?? [],
    (answer) => answer.length > 0,
  );
}

/** Writes files into a folder of their own, which is gone after `use`. */
export async function withFiles(
  files: Readonly<Record<string, string>>,
  use: (uriOf: (name: string) => vscode.Uri) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'flink-log-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    await use((name) => vscode.Uri.file(join(folder, name)));
  } finally {
    await closeAll();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Opens a file as a click in the Explorer does. Unlike `openTextDocument`, this lets go of the document with its
 * editor.
 */
export async function openInEditor(uri: vscode.Uri): Promise<vscode.TextDocument> {
  await vscode.commands.executeCommand('vscode.open', uri, { preview: false });
  return eventually(
    () => vscode.window.activeTextEditor?.document,
    (document) => document?.uri.toString() === uri.toString(),
  ) as Promise<vscode.TextDocument>;
}

/** Kills the language server, as a system does that runs out of memory. VS Code starts it again. */
export function killServer(): void {
  // Node has no other way to a child process that others have started.
  const { _getActiveHandles } = process as unknown as { readonly _getActiveHandles: () => readonly unknown[] };
  const servers = _getActiveHandles
    .call(process)
    .filter((handle) => handle instanceof ChildProcess)
    .filter(({ spawnargs }) => spawnargs.some((argument) => argument.endsWith('server.cjs')));
  assert.equal(servers.length, 1);
  servers[0]?.kill('SIGKILL');
}

/** Closes all editors, unsaved ones too. */
export async function closeAll(): Promise<void> {
  while (vscode.window.activeTextEditor?.document.isDirty === true) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
