/** What ESLint asks of every script here. */
import js from '@eslint/js';
import globals from 'globals';

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2022, sourceType: 'module', globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      // Control characters are what this project has to look for.
      'no-control-regex': 'off',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'prefer-template': 'error',
    },
  },
  { files: ['web/**'], rules: { 'no-shadow': 'error' } },
  {
    files: ['web/site/**', 'web/examples/*.mjs', 'tests/**'],
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
  },
];
