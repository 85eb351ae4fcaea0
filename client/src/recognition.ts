/**
 * Finds Flink logs among the open documents by their first lines, and makes `flink-log` their language.
 *
 * Only documents that VS Code took for a plain log or plain text are looked at, each once. What the user chooses in VS
 * Code's language picker wins from then on, also when the file is opened again.
 */
import * as vscode from 'vscode';
import { customLayouts } from '../../server/src/layout/custom.js';
import { looksLikeFlink } from '../../server/src/layout/detect.js';
import { languageId, sliceScheme } from '../../server/src/protocol.js';
import { readSettings, settingsSection } from '../../server/src/settings.js';
import { languageChoices } from './choices.js';
import { schemes } from './schemes.js';

/** Languages that say no more than "some text": VS Code's own `log` and `plaintext`. */
const vague = new Set(['log', 'plaintext']);

/** Lines looked at, and their characters at most. */
const headLines = 100;
const headCharacters = 200_000;

/** Recognises the documents that are open and those that will be, until it is disposed. */
export function recogniseFlinkLogs(memory: vscode.Memento, output: vscode.LogOutputChannel): vscode.Disposable {
  const choices = languageChoices(memory);
  const languages = new WeakMap<vscode.TextDocument, string>();
  const ours = new WeakSet<vscode.TextDocument>();

  const setLanguage = async (document: vscode.TextDocument, language: string): Promise<void> => {
    ours.add(document);
    try {
      await vscode.languages.setTextDocumentLanguage(document, language);
    } catch (error) {
      ours.delete(document);
      output.warn(`${document.uri.toString()} did not become ${language}`, error);
    }
  };

  const guess = async (document: vscode.TextDocument): Promise<void> => {
    const chosen = choices.of(document.uri);
    const isLog = document.uri.scheme === sliceScheme || isFlink(head(document));
    const language = chosen ?? (isLog ? languageId : document.languageId);
    if (language !== document.languageId) await setLanguage(document, language);
  };

  // A change of language arrives as close and open of the same document object; opening a file again makes a new one.
  const opened = async (document: vscode.TextDocument): Promise<void> => {
    if (!schemes.some((scheme) => scheme === document.uri.scheme)) return;
    const before = languages.get(document);
    languages.set(document, document.languageId);
    const concernsUs = document.languageId === languageId || before === languageId;
    if (before === undefined && (concernsUs || vague.has(document.languageId))) await guess(document);
    else if (before !== undefined && before !== document.languageId && !ours.delete(document) && concernsUs)
      await choices.remember(document);
  };

  // A log pasted into an untitled document.
  const changed = async ({ document, contentChanges }: vscode.TextDocumentChangeEvent): Promise<void> => {
    if (!document.isUntitled || !vague.has(document.languageId)) return;
    if (contentChanges.some((change) => change.text.length > 1)) await guess(document);
  };

  const closed = async (document: vscode.TextDocument): Promise<void> => {
    // The next untitled document may get the same name.
    if (document.isClosed && document.isUntitled) await choices.forget(document.uri);
  };

  for (const document of vscode.workspace.textDocuments) void opened(document);
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(opened),
    vscode.workspace.onDidChangeTextDocument(changed),
    vscode.workspace.onDidCloseTextDocument(closed),
  );
}

/** Whether a text looks as if Flink wrote it, by its first lines. */
export function isFlink(head: string): boolean {
  const layouts = customLayouts(readSettings(vscode.workspace.getConfiguration(settingsSection)).layouts).layouts;
  return looksLikeFlink(head.slice(0, headCharacters).split(/\r?\n/, headLines), layouts);
}

const head = (document: vscode.TextDocument): string => document.getText(new vscode.Range(0, 0, headLines, 0));
