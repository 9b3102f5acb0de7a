import { NIL_UUID } from '@polity/kernel/ids';

/** The namespace of an application's operations; without one that of all clients of the tenant. */
export const namespaceOf = (applicationId: string | null | undefined): string => applicationId ?? NIL_UUID;

/** The application of a namespace; null for that of all clients. */
export const applicationOf = (namespaceId: string): string | null => (namespaceId === NIL_UUID ? null : namespaceId);
