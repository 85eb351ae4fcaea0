/** What the answers to requests are made of. */
import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { Layout } from '../layout/record.js';
import type { Settings } from '../settings.js';
import type { Files } from '../source/files.js';
import type { LogDocument } from './logDocument.js';
import type { LogSets } from './logSets.js';
import type { Slices } from './slices.js';

/** The server at work, as the handlers of requests see it. */
export interface Session {
  readonly connection: Connection;
  readonly documents: TextDocuments<LogDocument>;
  readonly logSets: LogSets;
  readonly slices: Slices;
  readonly files: Files;
  readonly settings: () => Settings;
  /** Layouts that the user described. */
  readonly layouts: () => readonly Layout[];
  /** Whether the client knows the command of the lenses. */
  readonly canShowRelated: () => boolean;
  readonly report: (error: unknown) => void;
}
