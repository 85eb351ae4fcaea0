import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { closeAll, find, openInEditor, provided, showSample, withFiles } from '../editor.js';

describe('what `yarn logs` prints', () => {
  afterEach(closeAll);

  it('is a JobManager’s and a TaskManager’s log that explain each other', async () => {
    const jm = (await showSample('standalonesession-0')).document.getText();
    const tm = (await showSample('taskexecutor-0')).document.getText();
    const framed = [jm, tm].map((text, i) => {
      const name = i === 0 ? 'jobmanager.log' : 'taskmanager.log';
      const head = `Container: container_e53_1_0001_01_00000${i + 1} on worker-${i}_45454\nLogType:${name}\nLogContents:\n`;
      return `${head}${text}End of LogType:${name}\n`;
    });
    await withFiles({ 'application.txt': framed.join('\n') }, async (uriOf) => {
      const document = await openInEditor(uriOf('application.txt'));
      const { line } = find(document, 'Checkpoint 4 of job');
      const lenses = await provided<vscode.CodeLens>('vscode.executeCodeLensProvider', document.uri, 1000);
      const title = lenses.find(({ range }) => range.start.line === line)?.command?.title ?? '';
      assert.match(title, /^waited for .*\(3\/4\) · sync ≤ 7\.0s/);
      const at = find(document, 'enrich-map (3/4)#0 - finished synchronous part of checkpoint 4', 55);
      const [definition] = await provided<vscode.Location>('vscode.executeDefinitionProvider', document.uri, at);
      assert.equal(definition?.uri.toString(), document.uri.toString());
      assert.equal(definition.range.start.line, find(document, 'Triggering checkpoint 4 ').line);
    });
  });
});
