import { beforeEach, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { commands } from '../../server/src/protocol.js';
import { offerDigests } from './digestOffer.js';
import type { ShownLogs } from './shownLogs.js';

/** The button that the user clicks; what is offered, run and set. */
let click: string | undefined;
let isOn: boolean;
const offered: string[] = [];
const ran: unknown[] = [];
const set: unknown[] = [];

vi.mock('vscode', () => ({
  ConfigurationTarget: { Global: 1 },
  Disposable: { from: () => undefined },
  commands: {
    executeCommand: (...call: unknown[]) => {
      ran.push(call);
      return Promise.resolve();
    },
  },
  window: {
    showInformationMessage: (text: string) => {
      offered.push(text);
      return Promise.resolve(click);
    },
  },
  workspace: {
    textDocuments: [],
    fs: { stat: () => Promise.resolve({ size: 60 * 1024 * 1024 }) },
    getConfiguration: () => ({
      get: () => isOn,
      update: (...call: unknown[]) => {
        set.push(call);
        return Promise.resolve();
      },
    }),
    onDidOpenTextDocument: () => undefined,
  },
}));

const uri = { path: '/logs/jm.log', fsPath: '/logs/jm.log', toString: () => 'file:///logs/jm.log' };
const shown = { uris: [uri], onDidChange: () => undefined } as unknown as ShownLogs;

/** A memory of its own, as that of a new workspace. */
function memory(): vscode.Memento {
  const kept = new Map<string, unknown>();
  return {
    get: (key: string, fallback: unknown) => kept.get(key) ?? fallback,
    update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
  } as unknown as vscode.Memento;
}

/** Offers, and waits until all is done that follows of it. */
async function offer(own = memory()): Promise<void> {
  offerDigests(own, shown);
  await new Promise((resolve) => setTimeout(resolve));
}

beforeEach(() => {
  click = undefined;
  isOn = true;
  for (const all of [offered, ran, set]) all.length = 0;
});

test('a log has one offer, which opens its digest', async () => {
  click = 'Open Digest';
  const own = memory();
  await offer(own);
  await offer(own);
  expect(offered).toEqual([expect.stringContaining('jm.log is larger than 50 MB')]);
  expect(ran).toContainEqual([commands.openDigest, uri]);
  expect(set).toEqual([]);
});

test('“Don’t Show Again” switches the offers off for all workspaces', async () => {
  click = 'Don’t Show Again';
  await offer();
  expect(set).toEqual([['digest.offer', false, 1]]);
  expect(ran).not.toContainEqual([commands.openDigest, uri]);
});

test('nothing is offered where offers are off', async () => {
  isOn = false;
  await offer();
  expect(offered).toEqual([]);
});
