# One file for every app: `--build-arg APP=ingest|projector|gateway|web|standalone`.
FROM node:24-bookworm-slim AS build
WORKDIR /house
COPY package.json package-lock.json .npmrc ./
COPY packages packages
COPY apps apps
RUN npm ci --ignore-scripts --loglevel=error
COPY tsconfig.json tsconfig.base.json svelte.config.js ./
COPY tools tools
RUN node tools/build.mjs

FROM node:24-bookworm-slim
ARG APP=standalone
ENV APP=${APP} NODE_ENV=production HOST=0.0.0.0
WORKDIR /house
COPY --from=build /house /house
RUN mkdir -p /data && chown node:node /data
USER node
ENV OVATION_DATA=/data
# Built above, so nothing is installed or compiled here; exec form hands signals to Node.
ENTRYPOINT ["node", "-e", "import('/house/tools/parts.mjs').then((m) => m.start(process.env.APP, process.argv.slice(1)))"]
