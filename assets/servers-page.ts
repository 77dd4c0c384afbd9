import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resourceAppIds } from '../main/clouds/index.ts';
import { hasInstances, loadProfiles, loadServers, type DescribedPermission, type Server } from '../main/servers/index.ts';
import { createTexts, said } from '../main/texts/index.ts';

// `node assets/servers-page.ts`: writes docs/servers.md anew from the descriptors.
const path = join(import.meta.dirname, '../docs/servers.md');
const texts = createTexts('en');

const apiNames: Readonly<Record<string, string>> = {
  [resourceAppIds.graph]: 'Microsoft Graph',
  [resourceAppIds.exchange]: 'Office 365 Exchange Online',
};

const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const table = (heads: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('\n');

const serverRow = (server: Server) => [
  `\`${server.id}\``,
  said(`server.${server.id}.name`, texts),
  server.redirectUri === null
    ? 'none'
    : `\`${server.redirectUri.path}\`, port ${server.redirectUri.port}${hasInstances(server) ? ', with `--instance`' : ''}`,
  server.certificate === 'server' ? 'the server' : 'Tenant Keyring or the server',
  server.freePermissions ? 'chosen with `--permission`' : server.profiles.map(({ id }) => `\`${id}\``).join(', '),
  `${server.source.page}, ${server.source.date}`,
];

const permissionRow = ({ resourceAppId, type, value, why, source, until }: DescribedPermission) => [
  apiNames[resourceAppId] ?? resourceAppId,
  `\`${value}\`${type === 'Scope' ? ' (delegated)' : ''}`,
  said(why, texts),
  until ?? '',
  source === null ? '' : `${source.page}, ${source.date}`,
];

/** The page about server software and permission profiles. */
export function serversPage(): string {
  const profiles = loadProfiles().map(({ id, version, unconfirmed, permissions }) => {
    const note = unconfirmed ? 'Unconfirmed: nobody has checked these names against the page of the maker as it is now.\n\n' : '';
    const rows = table(['API', 'Permission', 'Why', 'Works until', 'Source'], permissions.map(permissionRow));
    return `### \`${id}\`\n\n${said(`profile.${id}.name`, texts)}, version ${version}. ${said(`profile.${id}.description`, texts)}\n\n${note}${rows}`;
  });
  return `<!-- Written by \`node assets/servers-page.ts\` from assets/servers. -->

# Server software and permission profiles

Each kind of server software is described by one file, \`assets/servers/<id>/server.json\`: where its users come back after their sign-in, who makes the certificate, what is done in the server, and which permissions it needs. Another one is added by its folder and its texts in the three languages (\`server.<id>.…\`, \`profile.<id>.…\`). Software that needs a client secret, or whose permissions its maker does not document, is not among them.

## Server software

${table(['Id', 'Name', 'Redirect URI', 'Certificate made by', 'Profiles', 'Source'], loadServers().map(serverRow))}

An id goes with \`--server\`. \`servers\` and \`profiles\` print the same on the command line.

## Permission profiles

${profiles.join('\n\n')}

A list of your own is a JSON file (\`--profile FILE.json\`: one of \`profiles --json\` under another id), permissions named one by one (\`--permission graph/Mail.Read\`), or a profile that is kept: \`profiles --keep FILE.json\`, or *Keep as a profile* in the dialog.
`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(path, serversPage());
