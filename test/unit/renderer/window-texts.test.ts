import { expect, it } from 'vitest';
import en from '../../../assets/i18n/en.json' with { type: 'json' };
import { createTexts } from '../../../renderer/bridge/translate.ts';

it('the window says its own text where it has one', () => {
  const { t } = createTexts('en', en, ['en']);
  expect(t('check.view.external')).toBe(en['check.view.external.window']);
  expect(t('check.logout-url.passed')).toBe(en['check.logout-url.passed']);
});
