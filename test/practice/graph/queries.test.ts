import { expect, test } from 'vitest';
import { type Answer, codes, graphAppId, lacking, list, type Practice, practice, text } from './world.ts';

const names = ({ body }: Answer) => list(body).map((object) => text(object, 'displayName'));
const nextLink = ({ body }: Answer) => (body['@odata.nextLink'] === undefined ? undefined : text(body, '@odata.nextLink'));

function withApplications(count: number): Practice {
  const here = practice();
  for (let number = 1; number <= count; number += 1) here.send('POST', '/applications', { displayName: `App ${number}` });
  return here;
}

test('pages follow one another by nextLink and never repeat, whatever is created meanwhile', () => {
  const { call, administrator, send } = withApplications(5);
  const first = call(administrator, 'GET', '/applications?$top=2&$select=id,displayName', {
    headers: { 'x-practice-host': 'graph.microsoft.us' },
  });
  expect(names(first)).toEqual(['App 1', 'App 2']);
  const link = nextLink(first) ?? '';
  expect(link).toMatch(/^https:\/\/graph\.microsoft\.us\/v1\.0\/applications\?\$top=2&\$select=id%2CdisplayName&\$skiptoken=/);
  send('POST', '/applications', { displayName: 'App 6' });
  const second = call(administrator, 'GET', link.replace('https://graph.microsoft.us/v1.0', ''));
  expect(names(second)).toEqual(['App 3', 'App 4']);
  const third = call(administrator, 'GET', (nextLink(second) ?? '').replace('https://graph.microsoft.com/v1.0', ''));
  expect(names(third)).toEqual(['App 5', 'App 6']);
  expect(nextLink(third)).toBeUndefined();
});

test('without $top a page has 100 objects', () => {
  const answer = withApplications(101).get('/applications');
  expect(names(answer)).toHaveLength(100);
  expect(nextLink(answer)).toContain('$skiptoken=');
});

test.each([['0'], ['1000'], ['-1'], ['x']])('$top=%s is refused', (top) => {
  expect(practice().get(`/applications?$top=${top}`).status).toBe(400);
});

test('an unknown $skiptoken is refused', () => {
  expect(codes(practice().get('/applications?$skiptoken=RFNwdAoAeA'))).toEqual([400, 'Directory_ExpiredPageToken']);
});

test('$select gives exactly the named properties and refuses others', () => {
  const { get } = withApplications(1);
  const { body } = get('/applications?$select=displayName');
  expect(body['value']).toEqual([{ displayName: 'App 1' }]);
  expect(body['@odata.context']).toBe('https://graph.microsoft.com/v1.0/$metadata#applications(displayName)');
  const refused = get('/applications?$select=displayName,nonsense');
  expect(refused.body['error']?.['message']).toBe(
    "Parsing OData Select and Expand failed: Could not find a property named 'nonsense' on type 'microsoft.graph.application'.",
  );
  expect(codes(get('/applications?$select='))).toEqual([400, 'BadRequest']);
});

test('owners are a relationship and never part of an answer', () => {
  const { get } = withApplications(1);
  expect(get('/applications?$select=owners').status).toBe(400);
  expect(list(get('/applications').body)[0]).not.toHaveProperty('owners');
});

test('$filter compares names without case, and a doubled quote is one quote', () => {
  const { get, send } = practice();
  send('POST', '/applications', { displayName: "Anna's archive" });
  expect(names(get("/applications?$filter=displayName eq 'ANNA''S archive'"))).toEqual(["Anna's archive"]);
  expect(names(get("/applications?$filter=displayName eq 'Anna'"))).toEqual([]);
  expect(names(get(`/servicePrincipals?$filter=appId eq '${graphAppId}'`))).toEqual(['Microsoft Graph']);
});

test('$filter joins comparisons by and', () => {
  const { get, send } = withApplications(2);
  send('POST', '/applications', { displayName: 'App 1' });
  const [, first] = list(get('/applications').body);
  const filter = (rest: string) => `/applications?$filter=displayName eq 'App 2' and appId eq '${text(first, 'appId')}'${rest}`;
  expect(names(get(filter('')))).toEqual(['App 2']);
  expect(names(get(filter(" and displayName eq 'App 1'")))).toEqual([]);
});

test.each(["displayName eq 'x", "displayName eq 'Anna's'", ''])('$filter=%s is refused as Graph refuses it', (filter) => {
  expect(codes(practice().get(`/applications?$filter=${filter}`))).toEqual([400, 'BadRequest']);
});

test.each([
  "notes eq 'x'",
  "displayName ne 'x'",
  "startswith(displayName,'x')",
  "displayName eq 'x' or displayName eq 'y'",
  "displayName eq 'x' and",
  "displayName eq 'x'and appId eq 'y'",
])('$filter=%s is something the practice tenant does not have', (filter) => {
  const answer = practice().get(`/applications?$filter=${filter}`);
  expect(codes(answer)).toEqual(lacking);
  expect(answer.body['error']?.['message']).toBe(`The practice tenant does not have the filter ${filter} on Application.`);
});

test('a property that a type of Graph may have is not denied in its name', () => {
  expect(codes(practice().get('/users?$select=id,city'))).toEqual(lacking);
  expect(codes(practice().get('/servicePrincipals?$select=info'))).toEqual(lacking);
});
