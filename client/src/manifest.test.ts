import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { commands, languageId, sliceFolder, sliceScheme } from '../../server/src/protocol.js';
import { tokenModifiers, tokenTypes } from '../../server/src/feature/tokenLegend.js';
import { clientSettingDefaults, settingDefaults, settingsSection } from '../../server/src/settings.js';
import { contextKeys, viewId } from './names.js';

const { contributes } = manifest;
const titled = contributes.commands.map(({ command }) => command);

/** Commands that only make sense with arguments, which a lens or the tree gives them. */
const untitled: string[] = [commands.showRelated, commands.openLine];

const menuItems: { command: string; when?: string }[] = Object.values(contributes.menus).flat();

test('the manifest contributes the commands of the protocol', () => {
  expect([...titled, ...untitled].toSorted()).toEqual(Object.values(commands).toSorted());
});

test('every command says in the palette whose it is, and can stand as an icon', () => {
  for (const command of contributes.commands) {
    expect(command).toMatchObject({ category: 'Flink Log', icon: expect.stringMatching(/^\$\([a-z-]+\)$/) as string });
  }
});

test('menus and keys name commands that exist', () => {
  const named = [...menuItems, ...contributes.keybindings].map(({ command }) => command);
  expect(titled).toEqual(expect.arrayContaining(named));
});

test('welcome texts offer commands that exist', () => {
  const links = contributes.viewsWelcome.flatMap(({ contents }) => [
    ...contents.matchAll(/\(command:(flinkLogLens[^)]*)\)/g),
  ]);
  expect(titled).toEqual(expect.arrayContaining(links.map(([, command]) => command)));
});

test('the manifest declares the settings that are read, with the same defaults', () => {
  const declared = Object.entries(contributes.configuration.properties).map(([name, property]) => [
    name,
    property.default,
  ]);
  const read = Object.entries({ ...settingDefaults, ...clientSettingDefaults }).map(([name, value]) => [
    `${settingsSection}.${name}`,
    value,
  ]);
  // The language client itself reads the last one.
  expect(declared).toEqual([...read, [`${settingsSection}.trace.server`, 'messages']]);
});

test('every setting is described, in an order of its own', () => {
  const properties = Object.values(contributes.configuration.properties);
  for (const { markdownDescription } of properties) expect(markdownDescription).toMatch(/^[A-Z].*\.$/);
  const orders = properties.map(({ order }) => order);
  expect(orders).toEqual(orders.toSorted((a, b) => a - b));
});

test('conditions name context keys, views and languages that exist', () => {
  const conditions = [...menuItems, ...contributes.commands, ...contributes.keybindings, ...contributes.viewsWelcome]
    .flatMap((item) => [('when' in item && item.when) || '', ('enablement' in item && item.enablement) || ''])
    .flatMap((condition) => condition.split(' && '))
    .filter(Boolean);
  const known = [
    ...Object.values(contextKeys).flatMap((key) => [key, `!${key}`]),
    `view == ${viewId}`,
    'viewItem == checkpoint',
    'viewItem =~ /^(job|run|checkpoint|subtask)$/',
    'viewItem =~ /^files?$/',
    `editorLangId == ${languageId}`,
    `resourcePath in ${contextKeys.largeLogs}`,
    'editorTextFocus',
    'explorerResourceIsFolder',
    '!explorerResourceIsFolder',
    `resourceScheme == ${sliceScheme}`,
    String.raw`resourceFilename =~ /, page \d+$/`,
  ];
  expect(known).toEqual(expect.arrayContaining([...new Set(conditions)]));
});

test('the view, the language and its grammar are those of the code', () => {
  expect(contributes.views.flinkLogLens.map(({ id }) => id)).toEqual([viewId]);
  expect(contributes.languages.map(({ id }) => id)).toEqual([languageId]);
  expect(contributes.grammars.map(({ language }) => language)).toEqual([languageId]);
  expect(manifest.activationEvents).toContain(`onLanguage:${languageId}`);
});

test('the files that the manifest names exist', () => {
  const icons = [...contributes.viewsContainers.activitybar, ...contributes.views.flinkLogLens].map(({ icon }) => icon);
  const languages = contributes.languages.map(({ configuration }) => configuration);
  for (const path of [manifest.icon, ...icons, ...languages, ...contributes.grammars.map((grammar) => grammar.path)]) {
    expect(existsSync(path), path).toBe(true);
  }
});

test('the manifest claims no log by its extension alone', () => {
  const [language] = contributes.languages;
  expect(language).not.toHaveProperty('extensions');
  const [slices, ...files] = (language?.filenamePatterns ?? []).toReversed();
  expect(slices).toBe(`/${sliceFolder}/*`);
  for (const pattern of files) expect(pattern).toMatch(/^(flink-|\{jobmanager)/);
});

test('the README lists all settings, with their defaults', () => {
  const rows = [...readFileSync('README.md', 'utf8').matchAll(/^\| `(flinkLogLens\.[^`]*)` *\| `([^`]*)` *\|/gm)];
  const said = rows.map(([, name, value]) => [name, value]);
  const declared = Object.entries(contributes.configuration.properties).map(([name, { default: value }]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  expect(said.sort()).toEqual(declared.sort());
});

test('the manifest declares the semantic tokens of the legend', () => {
  expect(contributes.semanticTokenTypes).toEqual(tokenTypes);
  // Standard modifiers need no declaration.
  expect(contributes.semanticTokenModifiers).toEqual(tokenModifiers.filter(({ id }) => id !== 'declaration'));
});

test('semantic tokens have the colours of the grammar, in every theme', () => {
  const scopes = contributes.semanticTokenScopes.flatMap((fallback) => Object.entries(fallback.scopes));
  expect(new Set(scopes.map(([selector]) => selector.split('.')[0]))).toEqual(new Set(tokenTypes.map(({ id }) => id)));
  const grammar = contributes.grammars.map(({ path }) => readFileSync(path, 'utf8')).join('');
  for (const [, [scope]] of scopes) expect(grammar).toContain(`"${scope ?? ''}"`);
});
