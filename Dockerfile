# syntax=docker/dockerfile:1

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
# Nothing is installed at run time, so nothing that could install is there.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn-* \
  && mkdir -m 0700 /data \
  && chown node:node /data
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json LICENSE ./
COPY adaptive-cards adaptive-cards
COPY manifest/slack/manifest.json manifest/slack/
COPY migrations migrations
COPY src src
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3978 DATABASE_PATH=/data/rooms.sqlite
# Only here and in /tmp is anything written: the rest can be mounted read-only.
VOLUME /data
USER node
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((it) => process.exit(it.ok ? 0 : 1), () => process.exit(1))"]
# Without a shell in between, SIGTERM reaches the program.
CMD ["node", "--no-memory-protection-keys", "src/main.ts"]
