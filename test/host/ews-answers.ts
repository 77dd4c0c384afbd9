import type { FakeAnswers, FakeMain } from './fake-bridge.ts';

type EwsAnswers = { [C in Exclude<Extract<keyof FakeAnswers, `ews:${string}`>, 'ews:sign-in'>]: FakeAnswers[C] };

/** What main answers about EWS; `main.ews` says what is known. */
export function ewsAnswers(main: FakeMain): EwsAnswers {
  return {
    'ews:read': () => main.ews,
    'ews:look': () => null,
    'ews:stop': () => null,
    'ews:add-usage': () => ({ name: 'EWS usage.csv', applications: 12 }),
    'ews:save-script': () => ({ path: 'C:\\Temp\\EWS Contoso.ps1' }),
    'ews:save-losses-script': () => ({ path: 'C:\\Temp\\EWS Contoso losses.ps1' }),
    'ews:read-result': () => ({ about: 'switch', tenantName: 'Contoso', readAt: '2026-11-30T12:00:00.000Z' }),
  };
}
