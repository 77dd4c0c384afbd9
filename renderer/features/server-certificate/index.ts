/** How the certificate that a server has made comes into the window: dropped, chosen, or found in the Downloads folder. */
export { CertificateIntake, type KeptCertificate } from './certificate-intake.tsx';
