/** Offers the digest of a log that is too large for lenses and folding, once for each log. */
import * as vscode from 'vscode';
import { commands, languageId } from '../../server/src/protocol.js';
import { settingsSection, type clientSettingDefaults } from '../../server/src/settings.js';
import { fileName } from './fileName.js';
import { contextKeys } from './names.js';
import { mostSynchronisedBytes, type ShownLogs } from './shownLogs.js';

/** Beyond this many characters or lines VS Code shows a text without lenses and folding (`TextModel`). */
const limits = { characters: 20 * 1024 * 1024, lines: 300_000 };

const setting: keyof typeof clientSettingDefaults = 'digest.offer';
const key = 'digestOffered';
/** The oldest logs beyond this many are forgotten. */
const most = 200;

/** Offers digests until it is disposed; `memory` keeps which logs had an offer. */
export function offerDigests(memory: vscode.Memento, shown: ShownLogs): vscode.Disposable {
  const large = new Map<string, vscode.Uri>();

  const found = (uri: vscode.Uri, why: string): void => {
    if (large.has(uri.toString())) return;
    large.set(uri.toString(), uri);
    tellWhich();
    void offer(memory, uri, why);
  };
  const tellWhich = (): void => {
    const paths = [...large.values()].flatMap(({ path, fsPath }) => [path, fsPath]);
    void vscode.commands.executeCommand('setContext', contextKeys.largeLogs, paths);
  };
  const lookAtDocument = (document: vscode.TextDocument): void => {
    if (document.languageId === languageId && document.uri.scheme === 'file' && isLarge(document))
      found(document.uri, 'longer than 20 MB or 300,000 lines, so VS Code shows it without lenses and folding');
  };
  const lookAtShown = async (): Promise<void> => {
    for (const uri of shown.uris) {
      // A tab may outlive its file.
      const { size } = await vscode.workspace.fs.stat(uri).then(undefined, () => ({ size: 0 }));
      if (size > mostSynchronisedBytes)
        found(uri, 'larger than 50 MB, so VS Code shows it without hovers, lenses and folding');
      else if (size > limits.characters)
        found(uri, 'larger than 20 MB, so VS Code shows it without lenses and folding');
    }
  };
  vscode.workspace.textDocuments.forEach(lookAtDocument);
  void lookAtShown();
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(lookAtDocument),
    shown.onDidChange(() => void lookAtShown()),
  );
}

function isLarge(document: vscode.TextDocument): boolean {
  if (vscode.workspace.getConfiguration('editor', document).get('largeFileOptimizations') === false) return false;
  const { lineCount } = document;
  return lineCount > limits.lines || document.offsetAt(document.lineAt(lineCount - 1).range.end) > limits.characters;
}

async function offer(memory: vscode.Memento, uri: vscode.Uri, why: string): Promise<void> {
  const settings = vscode.workspace.getConfiguration(settingsSection);
  const offered: readonly string[] = memory.get(key, []);
  if (settings.get(setting) !== true || offered.includes(uri.toString())) return;
  await memory.update(key, [...offered, uri.toString()].slice(-most));
  const [open, never] = ['Open Digest', 'Don’t Show Again'];
  const chosen = await vscode.window.showInformationMessage(
    `${fileName(uri)} is ${why}. Its digest has them.`,
    open,
    never,
  );
  if (chosen === open) await vscode.commands.executeCommand(commands.openDigest, uri);
  if (chosen === never) await settings.update(setting, false, vscode.ConfigurationTarget.Global);
}
