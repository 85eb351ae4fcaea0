import type * as vscode from 'vscode';

/** The last part of a URI's path. */
export const fileName = ({ path }: vscode.Uri): string => path.slice(path.lastIndexOf('/') + 1);
