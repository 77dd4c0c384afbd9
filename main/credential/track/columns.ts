import { textFieldNames, textFields, type TextFieldName } from '../fields.ts';

/** Columns of the CSV that are understood; others may stand in it and say nothing. */
export type Column =
  | TextFieldName
  | 'tenant'
  | 'tenantName'
  | 'tenantDomain'
  | 'clientId'
  | 'redirectUri'
  | 'server'
  | 'instance'
  | 'profile'
  | 'cloud'
  | 'certificate'
  | 'practice';

/** Where each column is; null where it is missing. */
export type Columns = Readonly<Partial<Record<Column, number | null>>>;

/**
 * Heads by which a column is known, in English, French and German, as plain letters and digits. The first that is there
 * counts, so that "Tenant" is the id only where no other column is. Among them are those of the portal, of Partner
 * Center's Export customers (Microsoft ID, Company name, Primary domain name), of Get-MgContract (CustomerId, DisplayName,
 * DefaultDomainName), and of relationships of GDAP (Customer.TenantId, Customer.DisplayName, CustomerTenantId).
 */
const heads: Readonly<Record<Exclude<Column, TextFieldName>, readonly string[]>> = {
  tenant:
    'directorytenantid tenantid directoryid iddelannuairelocataire iddulocataire iddelocataire idlocataire iddelannuaire verzeichnisidmandant mandantenid mandantid verzeichnisid customertenantid customerid microsoftid tenant locataire mandant primarydomainname defaultdomainname defaultdomain domain domainname'.split(
      ' ',
    ),
  tenantName: 'tenantname nomdulocataire mandantenname'.split(' '),
  tenantDomain: 'tenantdomain domainedulocataire mandantendomane'.split(' '),
  clientId:
    'applicationclientid clientid applicationid appid iddapplicationclient iddelapplication iddapplication idapplication idclient anwendungsidclient anwendungsid clientkennung'.split(
      ' ',
    ),
  redirectUri: 'redirecturi urideredirection umleitungsuri'.split(' '),
  server: 'serversoftware logicielserveur'.split(' '),
  instance: 'instanceid instance iddelinstance instanzid instanz'.split(' '),
  profile: 'permissionprofile profildautorisations berechtigungsprofil'.split(' '),
  cloud: 'microsoftcloud cloudmicrosoft'.split(' '),
  practice: 'practice exercice ubung'.split(' '),
  certificate:
    'cer cerfile cerpath certificatefile certificatepath fichiercer fichierducertificat fichierdecertificat cheminducertificat cerdatei zertifikatsdatei zertifikatspfad certificate certificat zertifikat'.split(
      ' ',
    ),
};

/** Small letters and digits, without accents, blanks and signs: `ID d’application (client)` is `iddapplicationclient`. */
const plain = (head: string): string =>
  head
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');

/** Finds the known columns in the header line. */
export function findColumns(line: readonly string[]): Columns {
  const there = line.map(plain);
  const find = (known: readonly string[]): number | null => known.map((head) => there.indexOf(head)).find((index) => index >= 0) ?? null;
  const texts = textFieldNames.map((name) => [name, find(textFields[name].heads)]);
  const others = Object.entries(heads).map(([column, known]) => [column, find(known)]);
  return Object.fromEntries([...texts, ...others]);
}

/** Known heads that stand twice in the header line, as they are written there: nobody could say which of the two is meant. */
export function repeatedHeads(line: readonly string[]): string[] {
  const there = line.map(plain);
  const known = [...Object.values(heads).flat(), ...textFieldNames.flatMap((name): readonly string[] => textFields[name].heads)];
  return line.filter((_, index) => {
    const head = there[index] ?? '';
    return known.includes(head) && there.indexOf(head) === index && there.lastIndexOf(head) !== index;
  });
}

/** Heads that are missing for the file to be of use, as they may be written. */
export function missingColumns(columns: Columns): string[] {
  const lacks = (column: Column) => (columns[column] ?? null) === null;
  return [
    lacks('name') ? 'name' : null,
    lacks('tenant') ? 'tenant id' : null,
    lacks('clientId') && lacks('certificate') ? 'client id / cer' : null,
  ].filter((each) => each !== null);
}
