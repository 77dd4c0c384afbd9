import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildRedirectUri,
  checkAppName,
  checkClientId,
  checkFqdn,
  checkKeySize,
  checkName,
  checkPort,
  checkRedirectUri,
  checkServerAddress,
  checkTenant,
  checkUntil,
  checkValidMonths,
  type FieldCheck,
} from '../../../main/credential/fields/index.ts';

const codeOf = (check: FieldCheck<unknown>) => (check.ok ? 'ok' : check.fault.code);
const label = (length: number) => 'a'.repeat(length);

describe('the DNS name of the server', () => {
  it.each([
    ['mailstore.example.com', 'mailstore.example.com'],
    ['  MailStore.Example.COM ', 'mailstore.example.com'],
    ['a-b.c9.example', 'a-b.c9.example'],
    [`${label(63)}.example`, `${label(63)}.example`],
    ['bücher.example', 'xn--bcher-kva.example'],
  ])('%j becomes %j', (typed, value) => {
    expect(checkFqdn(typed)).toMatchObject({ ok: true, value });
  });

  it.each([
    ['', 'input.fqdn.empty'],
    ['https://mailstore.example.com', 'input.fqdn.scheme'],
    ['mailstore.example.com/oidc', 'input.fqdn.path'],
    ['mail store.example.com', 'input.fqdn.space'],
    ['mail_store.example.com', 'input.fqdn.underscore'],
    ['mailstore.example.com.', 'input.fqdn.trailing-dot'],
    ['192.168.1.10', 'input.fqdn.address'],
    ['[2001:db8::1]', 'input.fqdn.address'],
    ['2001:db8::1', 'input.fqdn.address'],
    ['0x7f.1', 'input.fqdn.address'],
    ['192.168.1.300', 'input.fqdn.address'],
    ['192.168.1.10.', 'input.fqdn.address'],
    ['1.2.3.4.5', 'input.fqdn.address'],
    ['mail.0x1', 'input.fqdn.address'],
    ['１９２.168.1.10', 'input.fqdn.address'],
    ['①.②.③.④', 'input.fqdn.address'],
    ['mailstore.example.com:8462', 'input.fqdn.port'],
    ['mailstore..example.com', 'input.fqdn.empty-label'],
    ['.example.com', 'input.fqdn.empty-label'],
    ['-mailstore.example.com', 'input.fqdn.hyphen'],
    ['mailstore-.example.com', 'input.fqdn.hyphen'],
    ['mail!store.example.com', 'input.fqdn.characters'],
    [`${label(64)}.example`, 'input.fqdn.label-too-long'],
    [`${`${label(60)}.`.repeat(4)}${label(20)}`, 'input.fqdn.too-long'],
  ])('%j is refused: %s', (typed, code) => {
    expect(codeOf(checkFqdn(typed))).toBe(code);
  });

  it('of one label works, with a warning', () => {
    expect(checkFqdn('mailstore')).toEqual({ ok: true, value: 'mailstore', warning: 'field.fqdn.single-label' });
  });

  it('in another script is shown as it will be used', () => {
    expect(checkFqdn('bücher.example')).toMatchObject({ shown: 'xn--bcher-kva.example (bücher.example)' });
    expect(checkFqdn('ＭＡＩＬ.example')).toEqual({ ok: true, value: 'mail.example', shown: 'mail.example' });
    expect(checkFqdn('mail.example')).toEqual({ ok: true, value: 'mail.example' });
  });

  it('is never one that a browser reads otherwise, whatever is typed', () => {
    const typed = fc.oneof(
      fc
        .array(fc.constantFrom('xn--', 'a', 'ä', '1', '0', 'x', 'é', '.', '-', ':', '%', '_'), { maxLength: 20 })
        .map((parts) => parts.join('')),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.ipV4Extended(),
      fc.ipV6(),
    );
    fc.assert(
      fc.property(typed, (text) => {
        const check = checkFqdn(text);
        if (!check.ok) return;
        expect(new URL(`https://${check.value}/`).hostname).toBe(check.value);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the port', () => {
  it.each(['1', '443', '8462', '65535'])('%s', (typed) => expect(checkPort(typed)).toEqual({ ok: true, value: Number(typed) }));
  it.each([
    ['0', 'input.port.out-of-range'],
    ['65536', 'input.port.out-of-range'],
    ['-1', 'input.port.not-a-number'],
    ['84.62', 'input.port.not-a-number'],
    ['http', 'input.port.not-a-number'],
    ['', 'input.port.not-a-number'],
    ['1e3', 'input.port.not-a-number'],
  ])('%j is refused: %s', (typed, code) => expect(codeOf(checkPort(typed))).toBe(code));
});

const rule = { path: '/oidc/signin' };

describe('the redirect URI', () => {
  it('is built as in the guide', () => {
    expect(buildRedirectUri(rule, 'mailstore.example.com', 8462)).toBe('https://mailstore.example.com:8462/oidc/signin');
    expect(buildRedirectUri(rule, 'mailstore.example.com', 443)).toBe('https://mailstore.example.com/oidc/signin');
  });

  it('is at most as long as Microsoft takes it', () => {
    // 256 characters with scheme, port and path.
    const name = (length: number) => `${`${label(63)}.`.repeat(3)}${label(length - 192)}`;
    const uri = (length: number) => buildRedirectUri(rule, name(length), 8462);
    expect(uri(231)).toHaveLength(256);
    expect(codeOf(checkRedirectUri(rule, uri(231)))).toBe('ok');
    expect(checkRedirectUri(rule, uri(232))).toMatchObject({
      ok: false,
      fault: { code: 'input.redirect-uri.too-long', params: { length: 257, limit: 256 } },
    });
  });

  it('is checked to what was built, whatever the name and port', () => {
    fc.assert(
      fc.property(fc.domain(), fc.integer({ min: 1, max: 65_535 }), (domain, port) => {
        const fqdn = checkFqdn(domain);
        if (!fqdn.ok) return;
        const uri = buildRedirectUri(rule, fqdn.value, port);
        expect(checkRedirectUri(rule, uri)).toMatchObject({ ok: true, value: uri });
      }),
    );
  });

  it('of name and port says each thing once', () => {
    expect(checkServerAddress(rule, 'mailstore', '443')).toEqual({
      ok: true,
      value: 'https://mailstore/oidc/signin',
      warning: 'field.fqdn.single-label',
    });
    expect(checkServerAddress(rule, ' bücher.example', '8462')).toEqual({
      ok: true,
      value: 'https://xn--bcher-kva.example:8462/oidc/signin',
      shown: 'xn--bcher-kva.example (bücher.example)',
    });
    expect(codeOf(checkServerAddress(rule, 'mail_store', '0'))).toBe('input.fqdn.underscore');
    expect(codeOf(checkServerAddress(rule, 'mailstore.example', '0'))).toBe('input.port.out-of-range');
    expect(codeOf(checkServerAddress(rule, `${`${label(60)}.`.repeat(4)}de`, '8462'))).toBe('input.redirect-uri.too-long');
  });

  it('is never accepted in another form than Microsoft compares, whatever is typed', () => {
    const part = fc.constantFrom(
      'https://',
      'http://',
      'mailstore',
      '.example',
      ':8462',
      ':443',
      '/oidc/signin',
      '/0idc/signin',
      '?',
      '#',
      '@',
      '*',
      '/',
      '%2f',
      ' ',
      '..',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 7 }), (parts) => {
        const check = checkRedirectUri(rule, parts.join(''));
        if (!check.ok) return;
        expect(new URL(check.value).href).toBe(check.value);
        expect(checkRedirectUri(rule, check.value)).toMatchObject({ ok: true, value: check.value });
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves out 443 and writes the host small', () => {
    expect(checkRedirectUri(rule, 'HTTPS://MailStore.Example.com:443/oidc/signin')).toMatchObject({
      ok: true,
      value: 'https://mailstore.example.com/oidc/signin',
    });
  });

  const host = 'https://mailstore.example.com:8462';
  it.each([
    ['', 'input.redirect-uri.empty'],
    ['mailstore.example.com/oidc/signin', 'input.redirect-uri.no-scheme'],
    ['http://mailstore.example.com/oidc/signin', 'input.redirect-uri.not-https'],
    [`${host}/`, 'input.redirect-uri.path'],
    [host, 'input.redirect-uri.path'],
    [`${host}/signin`, 'input.redirect-uri.path'],
    [`${host}/0idc/signin`, 'input.redirect-uri.zero'],
    [`${host}/OIDC/signin`, 'input.redirect-uri.path-case'],
    [`${host}/oidc/signin/`, 'input.redirect-uri.trailing-slash'],
    [`${host}/oidc/signin#x`, 'input.redirect-uri.fragment'],
    [`${host}/oidc/signin?x=1`, 'input.redirect-uri.query'],
    ['https://admin:pw@mailstore.example.com/oidc/signin', 'input.redirect-uri.user-information'],
    ['https://*.example.com/oidc/signin', 'input.redirect-uri.wildcard'],
    [`${host} /oidc/signin`, 'input.redirect-uri.space'],
    ['https://192.168.1.10/oidc/signin', 'input.fqdn.address'],
    ['https://[2001:db8::1]:8462/oidc/signin', 'input.fqdn.address'],
    ['https://mailstore.example.com:0/oidc/signin', 'input.port.out-of-range'],
    ['https://mailstore.example.com:/oidc/signin', 'input.port.not-a-number'],
    [`https://${`${label(60)}.`.repeat(4)}de/oidc/signin`, 'input.redirect-uri.too-long'],
  ])('%j is refused: %s', (typed, code) => expect(codeOf(checkRedirectUri(rule, typed))).toBe(code));
});

describe('names and ids', () => {
  it.each([
    ['', 'input.name.empty'],
    ['   ', 'input.name.empty'],
    [label(121), 'input.name.too-long'],
    ['a\u0007b', 'input.name.control-characters'],
    ['a\nb', 'input.name.control-characters'],
    ['a\u202Eb', 'input.name.control-characters'],
    ['a\u2028b', 'input.name.control-characters'],
    ['a\u200Bb', 'input.name.control-characters'],
    ['a\uD800b', 'input.name.control-characters'],
    ['\u200D', 'input.name.empty'],
    ['\u00AD', 'input.name.empty'],
  ])('name %j is refused: %s', (typed, code) => expect(codeOf(checkName(typed))).toBe(code));

  it('a name may be in any script, joiners included', () => {
    for (const name of ['Müller & Söhne', '株式会社', 'می\u200Cخواهم', '👩\u200D💻 Office'])
      expect(checkName(name)).toEqual({ ok: true, value: name });
  });

  it('a name is trimmed, an application may have a longer one', () => {
    expect(checkName(` ${label(120)} `)).toEqual({ ok: true, value: label(120) });
    expect(codeOf(checkAppName(label(256)))).toBe('ok');
    expect(codeOf(checkAppName(label(257)))).toBe('input.name.too-long');
  });

  it('a client id is a GUID, with or without braces', () => {
    expect(checkClientId('{5B1E0F3A-1C2D-4E5F-8A9B-0C1D2E3F4A5B}')).toEqual({ ok: true, value: '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b' });
    for (const typed of ['', 'x', '5b1e0f3a1c2d4e5f8a9b0c1d2e3f4a5b', 'mailstore.example.com'])
      expect(codeOf(checkClientId(typed))).toBe('input.client-id.not-a-guid');
  });

  it('a tenant is a GUID or a domain', () => {
    for (const typed of [
      'contoso.onmicrosoft.com',
      '5b1e0f3a-1c2d-4e5f-8a9b-0c1d2e3f4a5b',
      'Contoso.COM',
      '{5B1E0F3A-1C2D-4E5F-8A9B-0C1D2E3F4A5B}',
    ])
      expect(codeOf(checkTenant(typed))).toBe('ok');
    for (const typed of ['', 'contoso', 'https://contoso.com', 'a b.com', 'common/x'])
      expect(codeOf(checkTenant(typed))).toBe('input.tenant.invalid');
  });
});

describe('key size and validity', () => {
  it.each(['2048', '3072', '4096'])('%s bits', (typed) => expect(checkKeySize(typed)).toEqual({ ok: true, value: Number(typed) }));
  it.each(['1024', '8192', '3000', 'big', ''])('%j bits are refused', (typed) =>
    expect(codeOf(checkKeySize(typed))).toBe('input.key-size.invalid'),
  );
  it.each(['1', '15', '36'])('%s months', (typed) => expect(checkValidMonths(typed)).toEqual({ ok: true, value: Number(typed) }));
  it.each(['0', '37', '-1', '1.5', 'many', ''])('%j months are refused', (typed) =>
    expect(codeOf(checkValidMonths(typed))).toBe('input.valid-months.invalid'),
  );
});

describe('the day a certificate ends', () => {
  const now = new Date('2026-11-24T23:30:00Z');
  const days = { earliest: '2026-11-25', latest: '2029-11-24' };

  it.each(['2026-11-25', ' 2027-12-31 ', '2028-02-29', '2029-11-24'])('may be %j', (typed) =>
    expect(checkUntil(typed, now)).toEqual({ ok: true, value: typed.trim() }),
  );

  it.each([
    ['31.12.2027', 'input.until.not-a-day'],
    ['2027-02-29', 'input.until.not-a-day'],
    ['2027-13-01', 'input.until.not-a-day'],
    ['2027-1-1', 'input.until.not-a-day'],
    ['2027-12-31T00:00:00Z', 'input.until.not-a-day'],
    ['+012027-12-31', 'input.until.not-a-day'],
    ['tomorrow', 'input.until.not-a-day'],
    ['', 'input.until.not-a-day'],
    ['2026-11-23', 'input.until.past'],
    ['0001-01-01', 'input.until.past'],
    ['2026-11-24', 'input.until.today'],
    ['2029-11-25', 'input.until.too-late'],
    ['9999-12-31', 'input.until.too-late'],
  ])('is not %j: %s', (typed, code) => {
    const check = checkUntil(typed, now);
    expect(codeOf(check)).toBe(code);
    expect(check.ok ? null : check.fault.params).toMatchObject(days);
  });
});
