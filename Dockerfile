# The server alone: the database is DATABASE_URL's.
FROM node:24-slim AS build
WORKDIR /postern
COPY package.json package-lock.json prisma.config.ts tsconfig.json ./
COPY prisma prisma
COPY openapi openapi
COPY console console
# With the optional ones: what builds the console is among them.
RUN npm ci
RUN npm run build --workspace console

# Node itself and an embedded PostgreSQL, optional dependencies too, don't belong into an image.
FROM build AS production
RUN npm prune --omit=dev --omit=optional --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /postern
COPY --from=production /postern/node_modules node_modules
COPY --from=production /postern/src/generated src/generated
COPY package.json ./
COPY prisma prisma
COPY src src
COPY --from=build /postern/console/dist console/dist
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/server.ts"]
