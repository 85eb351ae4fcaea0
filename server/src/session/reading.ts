/** Texts and files → sources, in slices, so that other requests are answered in between. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Source } from '../checkpoint/model.js';
import { createSourceBuilder, unreadableSource } from '../checkpoint/source.js';
import type { Files } from '../source/files.js';

/** UTF-16 units of an open text that are read at once. */
const sliceLength = 1 << 20;

/** Lets what waits be done. */
const yieldOnce = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** The source of an open document. */
export async function readDocument(document: TextDocument): Promise<Source> {
  const text = document.getText();
  const builder = createSourceBuilder(document.uri);
  const encoder = new TextEncoder();
  for (let start = 0; start < text.length; start += sliceLength) {
    if (start > 0) await yieldOnce();
    const slice = text.slice(start, start + sliceLength);
    builder.push(slice, encoder.encode(slice).length);
  }
  return builder.end();
}

/** The source of a file; it says so itself when it cannot be read. */
export async function readFile(files: Files, uri: string): Promise<Source> {
  try {
    const builder = createSourceBuilder(uri);
    for await (const { text, bytes } of files.read(uri)) {
      builder.push(text, bytes);
      await yieldOnce();
    }
    return builder.end();
  } catch (error) {
    return unreadableSource(uri, error instanceof Error ? error.message : String(error));
  }
}
