# One image for every service: the command says which one runs. Node runs the sources as they are; there is no build step.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
ENV NODE_ENV=production
COPY package.json package-lock.json .npmrc ./
COPY kernel/package.json kernel/
COPY gateway/package.json gateway/
# begin packages: from subgraphs/registry.ts, by `npm run containers`
COPY subgraphs/access/package.json subgraphs/access/
COPY subgraphs/identity/package.json subgraphs/identity/
COPY subgraphs/portal/package.json subgraphs/portal/
COPY subgraphs/voting/package.json subgraphs/voting/
COPY subgraphs/events/package.json subgraphs/events/
COPY subgraphs/operations/package.json subgraphs/operations/
COPY subgraphs/activity/package.json subgraphs/activity/
COPY subgraphs/profiles/package.json subgraphs/profiles/
COPY subgraphs/gamification/package.json subgraphs/gamification/
# end packages
# Optional packages stay: the password hash comes as one per platform.
RUN npm ci --omit=dev --ignore-scripts

FROM ${NODE_IMAGE}
WORKDIR /app
ENV NODE_ENV=production LISTEN_HOST=0.0.0.0 PORT=4000 OPS_PORT=4001
COPY --from=dependencies /app/node_modules node_modules
COPY package.json LICENSE ./
COPY schema schema
COPY kernel kernel
COPY gateway gateway
COPY subgraphs subgraphs
# Jobs: node tools/migrate.ts, secret.ts, backup.ts, restore.ts, doctor.ts
COPY tools tools
# A volume takes the owner of the folder that it covers.
RUN mkdir /data && chown node:node /data
USER node
EXPOSE 4000 4001
HEALTHCHECK --interval=5s --timeout=2s --start-period=30s --retries=6 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.OPS_PORT || 4001) + '/readyz').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "gateway/src/main.ts"]
