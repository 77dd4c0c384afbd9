export { DetailsPage } from './details-page.tsx';
