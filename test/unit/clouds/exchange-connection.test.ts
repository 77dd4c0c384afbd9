import { describe, expect, it } from 'vitest';
import { clouds, exchangeConnection } from '../../../main/clouds/index.ts';

describe('Connect-ExchangeOnline', () => {
  it('reaches the global cloud by itself, others by their name, and those without one by their addresses', () => {
    expect(exchangeConnection(clouds.global)).toBe('');
    expect(exchangeConnection(clouds.dod)).toBe(' -ExchangeEnvironmentName O365USGovDoD');
    expect(exchangeConnection(clouds.delos)).toBe(
      " -ConnectionUri 'https://outlook.sovcloud.de/PowerShell-LiveID' -AzureADAuthorizationEndpointUri 'https://login.sovcloud-identity.de/common'",
    );
  });
});
