import type { PracticeAnswer, PracticeTenant, SubscribedSku } from '../world.ts';
import { collection, type Presentation } from './answer.ts';
import type { Call } from './call.ts';

/** "subscribedSku resource type". */
const skus: Presentation<SubscribedSku & { readonly id: string }> = {
  type: 'subscribedSku',
  set: 'subscribedSkus',
  properties: [
    'id',
    'accountId',
    'accountName',
    'appliesTo',
    'capabilityStatus',
    'consumedUnits',
    'prepaidUnits',
    'servicePlans',
    'skuId',
    'skuPartNumber',
    'subscriptionIds',
  ],
  complete: true,
  present: (sku) => ({ appliesTo: 'User', capabilityStatus: 'Enabled', subscriptionIds: [], ...sku }),
};

/** Business Basic, as small tenants have it; ids as in "Product names and service plan identifiers for licensing". */
const businessBasic = ({ users }: PracticeTenant): SubscribedSku => ({
  skuId: '3b555118-da6a-4418-894f-7df1e2096870',
  skuPartNumber: 'O365_BUSINESS_ESSENTIALS',
  consumedUnits: users.length,
  servicePlans: [
    {
      servicePlanId: '9aaf7827-d63c-4b61-89c3-182f06f82e5c',
      servicePlanName: 'EXCHANGE_S_STANDARD',
      provisioningStatus: 'Success',
      appliesTo: 'User',
    },
  ],
});

/** "List subscribedSkus": no option but `$select`. */
export function listSubscribedSkus(call: Call): PracticeAnswer {
  const { tenant } = call;
  const held = tenant.subscribedSkus ?? [businessBasic(tenant)];
  return collection(
    call,
    skus,
    held.map((sku) => ({ id: `${tenant.id}_${sku.skuId}`, accountId: tenant.id, accountName: tenant.displayName, ...sku })),
  );
}
