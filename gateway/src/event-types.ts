/** What the gateway takes of the subgraphs' events, by what it does with them. */
export const gatewayConsumers = {
  sessions: { name: 'gateway.sessions', types: ['identity.sessions.ended'] },
  operations: {
    name: 'gateway.operations',
    types: [
      'operations.manifest.published',
      'operations.manifest.retired',
      'operations.operation.limited',
      'operations.limits.set',
    ],
  },
} as const;
