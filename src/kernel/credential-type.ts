/** What can be issued. The names are the `credential_configuration_id`s and the last part of the `vct`. */
export const CREDENTIAL_TYPES = ['age', 'status', 'identity'] as const;

export type CredentialType = (typeof CREDENTIAL_TYPES)[number];

export function readCredentialType(text: string): CredentialType | null {
  return CREDENTIAL_TYPES.find((type) => type === text) ?? null;
}
