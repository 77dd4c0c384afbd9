import { expect, it } from 'vitest';
import { verify } from '../../../main/registration/verbs/verify.ts';
import { harness, kindly } from './harness.ts';
import { blindProfile, recordOf, rotateAlone } from './rotation-harness.ts';

it('a check that only an administrator can make keeps the time at which it passed, for this certificate alone', async () => {
  const here = await harness({ knobs: kindly });
  await here.connect({ profile: blindProfile });
  const check = () => recordOf(here).proof?.checks.find((each) => each.check === 'redirect-uri');
  const passedAt = recordOf(here).proof?.at;
  expect(check()).toMatchObject({ result: 'passed', passedAt });
  for (let again = 0; again < 2; again += 1) {
    here.clock.pass(60_000);
    await verify(here.services.engine, 'Contoso archive', { signIn: false }, here.run());
    expect(recordOf(here).proof?.at).not.toBe(passedAt);
    expect(check()).toMatchObject({ result: 'not-testable', passedAt });
  }
  await rotateAlone(here);
  expect(check()).toMatchObject({ result: 'not-testable' });
  expect(check()).not.toHaveProperty('passedAt');
});
