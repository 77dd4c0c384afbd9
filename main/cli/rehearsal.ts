import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultLifetime, readCertificateFile } from '../certificates/index.ts';
import { buildRedirectUri } from '../credential/fields/index.ts';
import { asFault } from '../faults.ts';
import { defaultServer, firstProfile, loadServers, redirectRule } from '../servers/index.ts';
import { parseAddress } from '../mailstore/index.ts';
import { connect, type ConnectRequest } from '../registration/verbs/connect.ts';
import { verify } from '../registration/verbs/verify.ts';
import type { Report } from '../registration/run/report.ts';
import { openServices, type Services } from '../services.ts';
import { createTexts, said, type Texts } from '../texts/index.ts';
import { exitCodeOf, exitCodes, stateFault, type ExitCode } from './exit-codes.ts';
import { processIo, type CommandLineIo } from './io.ts';
import { narrator } from './narrator.ts';
import { languageOf } from './run.ts';
import { visibleIo } from './visible-io.ts';
import { normaliseArguments } from './arguments.ts';
import { faultLine } from './output.ts';
import { reportText } from './report-text.ts';

/** The software whose guide is walked: the first that comes with one. */
const software = loadServers().find(({ guide }) => guide.length > 0) ?? defaultServer();
const name = software.application;
const host = 'archive.example.com';

/** The guide's steps with the values of this run: what was done, what is to be typed into the server. */
function walk({ credential }: Report, file: string, username: string, texts: Texts): string {
  const params = {
    name,
    file,
    username,
    tenant: credential.tenantName,
    clientId: credential.clientId ?? '',
    tenantId: credential.tenantId,
    redirectUri: credential.redirectUri ?? '',
    thumbprint: credential.certificate?.thumbprint ?? '',
    until: texts.date(new Date(credential.certificate?.notAfter ?? 0)),
  };
  return software.guide.map(({ number, text }) => `  ${number.padEnd(4)} ${said(text, texts, params)}\n`).join('');
}

/** What is done in the window of the server’s own program; here it does it by itself. */
async function inServer(services: Services) {
  const [archive] = (await services.archives?.servers()) ?? [];
  if (archive === undefined) throw new Error('there is no practice server');
  const { url, user, password, sha256 } = archive.describe();
  await services.servers.add({ name, address: parseAddress(url), user, password, keepPassword: true, pin: sha256 });
  return archive.console();
}

async function rehearse(services: Services, directory: string, io: CommandLineIo, texts: Texts): Promise<ExitCode> {
  const { engine } = services;
  let username = '';
  const rule = redirectRule(software, null);
  const redirectUri = rule === null ? null : buildRedirectUri(rule, host, rule.port);
  const narrate = narrator(io, texts);
  const request: ConnectRequest = {
    name,
    appName: null,
    cloud: 'global',
    redirectUri,
    server: { id: software.id, instance: null },
    profile: firstProfile(software),
    custody: 'external',
    certificate: null,
    keySize: 3072,
    lifetime: defaultLifetime,
    clientId: null,
    planOnly: false,
    link: { server: name, instance: null },
  };
  const run = {
    signal: io.signal,
    onProgress: (event: Parameters<typeof narrate>[0]) => {
      if (event.kind === 'signed-in') username = event.username;
      narrate(event);
    },
    confirm: () => Promise.resolve(true),
    openBrowser: services.openBrowser,
    accepted: [],
  };
  const client = await inServer(services);
  const { credential } = await connect(engine, request, run);
  // G4 to G8: the server makes its own certificate, and the file that it gives is published.
  const id = await client.createCredential({ name, clientId: credential.clientId ?? '', tenantId: credential.tenantId });
  const file = join(directory, `[Practice] ${name}.cer`);
  writeFileSync(file, client.downloadCertificate(id));
  const { credential: published } = await connect(engine, { ...request, certificate: await readCertificateFile(file) }, run);
  // G9 and G16, its own test, and one run of one profile.
  client.selectInDirectoryServices(id, { redirectUrl: redirectUri ?? '' });
  const users = await client.testSettings();
  const mailbox = users.find(({ userName }) => userName.startsWith('test.'))?.userName ?? '';
  const archived = await client.runProfile(client.createProfile({ name, mailbox, credentialId: id }));
  const report = await verify(engine, published.id, { signIn: true }, run);
  const tested = texts.t('rehearsal.tested', { users: users.length, mailbox, archived: archived.itemsArchived });
  io.out(
    `\n${texts.t('rehearsal.guide')}\n${walk(report, file, username, texts)}       ${tested}\n\n${reportText(report, texts, true)}\n${texts.t('rehearsal.end', { file, directory })}\n`,
  );
  const fault = stateFault(report.credential.state);
  return fault === null ? exitCodes.done : exitCodeOf(fault);
}

/**
 * `npm run practice`: the whole guide on a practice tenant inside this process; no Microsoft account is needed.
 *
 * @param args `--lang` as on the command line; others are the window's
 */
async function main(args: readonly string[], io: CommandLineIo): Promise<ExitCode> {
  const texts = createTexts(languageOf(args, io));
  const directory = mkdtempSync(join(tmpdir(), 'tenant-keyring-practice-'));
  io.out(`${texts.t('rehearsal.begin')}\n\n`);
  try {
    const services = await openServices({
      program: 'command line',
      language: texts.language,
      dataDir: directory,
      env: io.env,
      platform: io.platform,
      policies: {},
      practice: {
        url: null,
        account: null,
      },
      fetch: io.fetch,
      openBrowser: () => Promise.resolve(),
    });
    try {
      return await rehearse(services, directory, io, texts);
    } finally {
      await services.close();
    }
  } catch (error) {
    const fault = asFault(error);
    io.err(faultLine(fault, texts));
    return exitCodeOf(fault.code);
  }
}

process.exitCode = await main(normaliseArguments(process.argv.slice(2)), visibleIo(processIo()));
