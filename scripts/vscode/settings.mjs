/**
 * User settings of a VS Code that shows the extension and nothing else.
 * @param {string} [theme] name of a colour theme
 * @returns {Record<string, unknown>}
 */
export const plainSettings = (theme) => ({
  ...(theme === undefined ? {} : { 'workbench.colorTheme': theme }),
  'window.autoDetectColorScheme': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
});
