import { readFileSync } from 'node:fs';
import { DOMParser, MIME_TYPE, type Document, type Element } from '@xmldom/xmldom';
import { describe, expect, it } from 'vitest';
import { policyTemplates } from '../../assets/policies/templates.ts';
import { loadProfiles } from '../../main/servers/index.ts';
import { policyNames, policySchemas, type PolicyName } from '../../main/policies/index.ts';

const templates = policyTemplates();
const template = (path: string) => templates[path] ?? '';

function read(path: string): Document {
  const complain = (level: string, message: string) => {
    throw new Error(`${path}: ${level}: ${message}`);
  };
  return new DOMParser({ onError: complain }).parseFromString(template(path), MIME_TYPE.XML_TEXT);
}

const all = (parent: Document | Element, name: string): Element[] => Array.from(parent.getElementsByTagName(name));
const admx = read('TenantKeyring.admx');
const policies = all(admx, 'policy');
const attribute = (element: Element | undefined, name: string) => element?.getAttribute(name) ?? '';
const accepts = (policy: PolicyName, value: unknown) => policySchemas[policy].safeParse(value).success;

describe('TenantKeyring.admx', () => {
  it('has every policy, where it is read, and no other', () => {
    expect(policies.map((policy) => attribute(policy, 'name')).toSorted()).toEqual(policyNames.toSorted());
    for (const policy of policies) {
      expect(attribute(policy, 'key')).toBe('Software\\Policies\\TenantKeyring');
      const name = attribute(policy, 'name');
      const values = [policy, ...all(policy, '*')].map((each) => attribute(each, 'valueName')).filter((each) => each !== '');
      expect(values, name).toEqual([name]);
    }
  });

  it.each(policyNames)('offers for %s what is understood, and nothing else', (name) => {
    const policy = policies.find((each) => attribute(each, 'name') === name);
    if (policy === undefined) throw new Error('no such policy');
    const limits = all(policy, 'elements')
      .flatMap((elements) => all(elements, 'decimal'))
      .find((each) => attribute(each, 'minValue') !== '');
    if (limits !== undefined) {
      const [least, most] = ['minValue', 'maxValue'].map((limit) => Number(attribute(limits, limit)));
      expect([least, most].map((value) => accepts(name, value))).toEqual([true, true]);
      expect([(least ?? 0) - 1, (most ?? 0) + 1].map((value) => accepts(name, value))).toEqual([false, false]);
      return;
    }
    const decimals = all(policy, 'decimal').map((each) => Number(attribute(each, 'value')));
    const strings = all(policy, 'string').map((each) => each.textContent);
    for (const value of [...decimals, ...strings]) expect(accepts(name, value), String(value)).toBe(true);
    const free = all(policy, 'multiText').length + all(policy, 'text').length;
    expect(decimals.length + strings.length + free).toBeGreaterThan(0);
  });

  it('offers every permission profile that comes with the product', () => {
    const policy = policies.find((each) => attribute(each, 'name') === 'DefaultProfile');
    const offered = policy === undefined ? [] : all(policy, 'string').map((each) => each.textContent);
    expect(offered).toEqual(loadProfiles().map(({ id }) => id));
    expect(offered.length).toBeGreaterThan(3);
  });
});

describe.each(['en-US', 'fr-FR', 'de-DE'])('its texts in %s', (language) => {
  const adml = read(`${language}/TenantKeyring.adml`);
  const ids = (name: string) =>
    all(adml, name)
      .map((each) => attribute(each, 'id'))
      .filter((id) => id !== '');
  const asked = (kind: string) =>
    [...template('TenantKeyring.admx').matchAll(new RegExp(`\\$\\(${kind}\\.(\\w+)\\)`, 'g'))].map((match) => match[1] ?? '');

  it('are all there, and none is left over', () => {
    expect(ids('string').toSorted()).toEqual([...new Set(asked('string'))].toSorted());
    expect(ids('presentation').toSorted()).toEqual(asked('presentation').toSorted());
    for (const text of all(adml, 'string')) expect(text.textContent, attribute(text, 'id')).toMatch(/\w/);
  });

  it('ask for the elements that the policies have', () => {
    const elements = all(admx, 'elements')
      .flatMap((each) => all(each, '*'))
      .map((each) => attribute(each, 'id'))
      .filter((id) => id !== '');
    const refs = all(adml, 'presentation')
      .flatMap((each) => all(each, '*'))
      .map((each) => attribute(each, 'refId'))
      .filter((id) => id !== '');
    expect(refs.toSorted()).toEqual(elements.toSorted());
  });
});

it('docs/policies.md explains every policy', () => {
  const documented = [...readFileSync('docs/policies.md', 'utf8').matchAll(/^\| `(\w+)`/gm)].map((match) => match[1] ?? '');
  expect(documented.toSorted()).toEqual(policyNames.toSorted());
});
