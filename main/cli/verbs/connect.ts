import { resolve } from 'node:path';
import type { Command } from 'commander';
import { defaultLifetime, readCertificateFile } from '../../certificates/index.ts';
import { checkAppName, checkClientId, checkKeySize, checkName, type FieldCheck } from '../../credential/fields/index.ts';
import { certificateFromPfx } from '../../registration/verbs/index.ts';
import { Fault } from '../../faults.ts';
import { readPolicies } from '../../policies/index.ts';
import { connect, type ConnectRequest } from '../../registration/verbs/connect.ts';
import { annotationNames } from '../../credential/index.ts';
import { globalOptions, flag, textOption } from '../global-options.ts';
import { givenLifetime, ofNewCertificates, withLifetimeOptions } from '../lifetime-option.ts';
import { acceptedFindings, optionConflict, optionText, optionValue, refuseBeside, repeated } from '../option-value.ts';
import { printReport } from '../output.ts';
import { pfxPassword } from '../password.ts';
import type { VerbContext } from '../program.ts';
import {
  profileOption,
  redirectUriOption,
  serverOption,
  serverReference,
  withLinkedSoftware,
  withServerOptions,
} from '../server-options.ts';
import { hasKept, requireConsentToWrite, requireTenant, withServices } from '../session.ts';
import { annotationOptions, withTextOptions } from '../text-options.ts';

type Options = Readonly<Record<string, unknown>>;

/** The value of a field, or its fault; a warning goes to standard error. */
function accept<T>(check: FieldCheck<T>, { io, texts }: VerbContext): T {
  if (!check.ok) throw check.fault;
  if (check.shown !== undefined) io.err(`${texts.t('cli.shown-as', { value: check.shown })}\n`);
  if (check.warning !== undefined) io.err(`${texts.t(check.warning)}\n`);
  return check.value;
}

/** What a PFX brings along itself, or what goes with the server's certificate only. */
const besidePfx = { certificate: '--certificate', ...ofNewCertificates } as const;

/** The PFX with certificate and key; null without one. @throws Fault input.option.* */
function pfxPath(options: Options): string | null {
  const path = textOption(options, 'pfx');
  if (path === undefined) {
    if (options['passwordFile'] !== undefined || options['alias'] !== undefined || flag(options, 'passwordStdin'))
      throw new Fault('input.option.missing', { params: { option: '--pfx' } });
    return null;
  }
  refuseBeside('--pfx', besidePfx, options);
  if (options['custody'] === 'external') throw optionConflict('--pfx', '--custody external');
  return resolve(path);
}

/** @throws Fault where the consent could not be taken back */
const leavingNoConsent: NonNullable<ConnectRequest['stay']> = ({ fault }) =>
  fault === null ? Promise.resolve({ act: 'end', removeConsent: true }) : Promise.reject(fault);

async function connectRequest(options: Options, command: Command, context: VerbContext): Promise<ConnectRequest> {
  const name = accept(checkName(textOption(options, 'name') ?? ''), context);
  const appName = textOption(options, 'appName');
  const file = textOption(options, 'certificate');
  if (file !== undefined) refuseBeside('--certificate', ofNewCertificates, options);
  const custody =
    textOption(options, 'custody') ?? (file === undefined ? (options['pfx'] === undefined ? undefined : 'keyring') : 'external');
  if (file !== undefined && custody === 'keyring') throw optionConflict('--certificate', '--custody keyring');
  const clientId = textOption(options, 'clientId');
  const link = textOption(options, 'mailstore');
  const { io } = context;
  const { policies } = await readPolicies({ env: io.env, platform: io.platform, run: io.runProgram });
  const server = serverOption(options, policies);
  const reference = serverReference(server, options);
  const uri = redirectUriOption(server, reference, options);
  const keySize = accept(checkKeySize(textOption(options, 'keySize') ?? '3072'), context);
  const lifetime = givenLifetime(options) ?? defaultLifetime;
  return {
    name,
    annotations: annotationOptions(options, annotationNames),
    appName: appName === undefined ? null : accept(checkAppName(appName), context),
    cloud: globalOptions(command).cloud,
    redirectUri: uri === null ? null : accept(uri, context),
    // What nobody named stays as it is stored.
    server: options['server'] === undefined && options['permission'] === undefined ? null : reference,
    keySize,
    lifetime,
    profile: await profileOption(options, hasKept(command, context) ? 'later' : 'none'),
    custody: custody === 'external' || custody === 'keyring' ? custody : null,
    certificate: file === undefined ? null : await readCertificateFile(file),
    clientId: clientId === undefined ? null : accept(checkClientId(clientId), context),
    planOnly: flag(options, 'plan'),
    ...(flag(options, 'leaveNoConsent') ? { stay: leavingNoConsent } : {}),
    ...(link === undefined ? {} : { link: { server: link, instance: reference.instance } }),
  };
}

export function addConnect(program: Command, context: VerbContext): void {
  const { t } = context.texts;
  const command = program
    .command('connect')
    .description(t('cli.verb.connect'))
    .requiredOption('--name <name>', t('cli.option.name'), optionText('--name'))
    .option('--fqdn <host>', t('cli.option.fqdn'), optionValue('--fqdn'))
    .option('--port <port>', t('cli.option.port'), optionValue('--port'))
    .option('--redirect-uri <uri>', t('cli.option.redirect-uri'), optionValue('--redirect-uri'))
    .option('--no-sign-in', t('cli.option.no-sign-in'))
    .option('--app-name <name>', t('cli.option.app-name'), optionText('--app-name'))
    .option('--custody <custody>', t('cli.option.custody'), optionValue('--custody', ['keyring', 'external']))
    .option('--certificate <file>', t('cli.option.certificate'), optionValue('--certificate'))
    .option('--pfx <file>', t('cli.option.import.pfx'), optionValue('--pfx'))
    .option('--alias <name>', t('cli.option.import.alias'), optionText('--alias'))
    .option('--password-stdin', t('cli.option.password-stdin'))
    .option('--password-file <file>', t('cli.option.password-file'), optionValue('--password-file'))
    .option('--key-size <bits>', t('cli.option.key-size'), optionValue('--key-size'));
  withServerOptions(command, context.texts);
  withTextOptions(command, annotationNames, context.texts);
  withLifetimeOptions(command, context.texts, 'cli.option.valid-months')
    .option('--mailstore <name>', t('cli.option.link'), optionText('--mailstore'))
    .option('--client-id <guid>', t('cli.option.client-id'), optionValue('--client-id'))
    .option('--accept <finding>', t('cli.option.accept'), repeated('--accept'))
    .option('--leave-no-consent', t('cli.option.leave-no-consent'))
    .option('--plan', t('cli.option.plan'))
    .action(async (options: Options) => {
      const accepted = acceptedFindings(options);
      const pfx = pfxPath(options);
      const request = await connectRequest(await withLinkedSoftware(options, command, context), command, context);
      if (!request.planOnly) requireConsentToWrite(command, context);
      requireTenant(command);
      const password = pfx === null ? '' : await pfxPassword(options, context);
      await withServices(command, context, async ({ services, globals, run }) => {
        const { engine } = services;
        const reading = { alias: textOption(options, 'alias') ?? null, signal: context.io.signal };
        const made = pfx === null ? {} : { made: await certificateFromPfx(engine, request.name, pfx, password, reading) };
        const profile = request.profile ?? (await profileOption(options, engine.profiles));
        context.end(printReport(await connect(engine, { ...request, ...made, profile }, run(accepted)), globals, context));
      });
    });
}
