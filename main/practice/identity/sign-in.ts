import { rememberChanges, snapshotOf } from '../graph/replicas.ts';
import { cloudsOf } from '../hosts.ts';
import type { PracticeAnswer, PracticeRequest } from '../world.ts';
import { findClient, type Client } from './clients.ts';
import { mayConsent, missingScopes, recordConsent, wantedScopes, type ConsentQuestion } from './consent.ts';
import { endSignIn, refuseSignIn } from './end-sign-in.ts';
import { formOf } from './form.ts';
import { checkAssigned, findPerson, type Person } from './people.ts';
import { consentPage, html } from './pages.ts';
import { personRefusals } from './person-refusals.ts';
import type { PendingSignIn, Realm } from './realm.ts';
import { EntraRefusal } from './refusal.ts';
import { refusals } from './refusals.ts';
import { checkDelegatedScopes, findResource, parseScopes } from './scopes.ts';
import { tenantOfSegment } from './tenants.ts';

/** The half-done sign-in that a page's form belongs to. */
function pendingOf(request: PracticeRequest, realm: Realm): { readonly context: string; readonly pending: PendingSignIn } {
  const context = formOf(request).required('ctx');
  const found = realm.pending.find(context, realm.world.now());
  if (found === undefined || found.expired) throw refusals.grantMalformed('ctx');
  return { context, pending: found.value };
}

/** `POST /{tenant}/login`: somebody was chosen. */
export function loginEndpoint(request: PracticeRequest, realm: Realm): Promise<PracticeAnswer> {
  const { context, pending } = pendingOf(request, realm);
  return signInAs(formOf(request).required('login'), context, pending, request, realm);
}

/** Signs this person in: the consent page where something is still to consent, else the answer. */
export async function signInAs(
  upn: string,
  context: string,
  pending: PendingSignIn,
  request: PracticeRequest,
  realm: Realm,
): Promise<PracticeAnswer> {
  try {
    const tenant = tenantOfSegment(pending.tenantSegment, realm);
    const person = findPerson(upn, tenant, findClient(pending.clientId, tenant, realm), realm);
    pending.chosen = { upn: person.account.upn, tenantId: person.tenant.id };
    const { client, questions } = consentQuestions(person, pending, request, realm);
    checkAssigned(person, client);
    const missing = questions.map((question) => ({
      question,
      values: pending.prompt === 'consent' ? wantedScopes(question) : missingScopes(question),
    }));
    if (missing.every(({ values }) => values.length === 0)) return await endSignIn(person, context, pending, request, realm);
    if (!missing.every(({ question, values }) => mayConsent(person.account, question.resource, values)))
      throw personRefusals.administratorNeeded(client);
    return html(
      consentPage({
        segment: pending.tenantSegment,
        context,
        client: client.displayName,
        upn: person.account.upn,
        scopes: missing.flatMap(({ question, values }) => values.map((value) => ({ value, text: descriptionOf(question, value) }))),
        declines: person.account.trait === 'declines-consent',
      }),
    );
  } catch (error) {
    if (error instanceof EntraRefusal) return refuseSignIn(error, context, pending, request, realm);
    throw error;
  }
}

const descriptionOf = ({ resource }: ConsentQuestion, value: string): string =>
  resource.oauth2PermissionScopes?.find((scope) => scope.value === value)?.userConsentDisplayName ?? value;

/** One question per resource: a page of consent can cover several. */
function consentQuestions(
  person: Person,
  pending: PendingSignIn,
  request: PracticeRequest,
  realm: Realm,
): { readonly client: Client; readonly questions: readonly ConsentQuestion[] } {
  const client = findClient(pending.clientId, person.tenant, realm);
  const questions = parseScopes(pending.scope, cloudsOf(request)).resources.map(({ identifier, values }) => {
    const resource = findResource(identifier, person.tenant, cloudsOf(request), realm);
    checkDelegatedScopes(client, resource, values);
    return { ...person, client, resource, values };
  });
  return { client, questions };
}

/** `POST /{tenant}/Consent/Set`: the person accepted or cancelled. Somebody who declines on principle cannot accept. */
export async function consentEndpoint(request: PracticeRequest, realm: Realm): Promise<PracticeAnswer> {
  const { context, pending } = pendingOf(request, realm);
  const { chosen } = pending;
  if (chosen === null) throw refusals.parameterMissing('login');
  try {
    const tenant = tenantOfSegment(pending.tenantSegment, realm);
    const person = findPerson(chosen.upn, tenant, findClient(pending.clientId, tenant, realm), realm);
    const { client, questions } = consentQuestions(person, pending, request, realm);
    if (formOf(request).required('consent') !== 'accept' || person.account.trait === 'declines-consent')
      throw personRefusals.consentDeclined();
    if (!questions.every((question) => mayConsent(person.account, question.resource, missingScopes(question))))
      throw personRefusals.administratorNeeded(client);
    const before = snapshotOf(person.tenant);
    for (const question of questions) recordConsent(question, wantedScopes(question), realm);
    realm.world.changed();
    rememberChanges(before, person.tenant, realm.world);
    return await endSignIn(person, context, pending, request, realm);
  } catch (error) {
    if (error instanceof EntraRefusal) return refuseSignIn(error, context, pending, request, realm);
    throw error;
  }
}
