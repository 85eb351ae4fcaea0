/** Places in documents: from the protocol's plain data to VS Code's classes, and on to the editor. */
import * as vscode from 'vscode';
import type { Location, Position } from 'vscode-languageclient/node';

/** The position as VS Code's class; both are 0-based and count UTF-16 units. */
export function toPosition({ line, character }: Position): vscode.Position {
  return new vscode.Position(line, character);
}

/** The location as VS Code's class. */
export function toLocation({ uri, range }: Location): vscode.Location {
  return new vscode.Location(vscode.Uri.parse(uri), new vscode.Range(toPosition(range.start), toPosition(range.end)));
}

/**
 * Opens the document with the cursor at the location's start: where the whole were selected, VS Code would scroll to the
 * end of a long message, and the time would be out of sight. Works for files, too, that are too big to be documents.
 */
export async function open(location: Location, options: { readonly preserveFocus: boolean }): Promise<void> {
  const { uri, range } = toLocation(location);
  const selection = new vscode.Range(range.start, range.start);
  const how: vscode.TextDocumentShowOptions = { ...options, preview: true, selection };
  await vscode.commands.executeCommand('vscode.open', uri, how);
}
