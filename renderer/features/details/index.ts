/** All that is known of one credential on one page: facts, proof, certificates, sheet and activity, and what can be done with it. */
export { DetailsPage } from './details-page.tsx';
