# An image of Tessera. Alone it runs the embedded mode with its data in /data; with MONGODB_URI set, the server mode.
FROM denoland/deno:debian-2.9.6
WORKDIR /app
COPY . .
RUN deno install --frozen && deno run -A tools/build_once.ts && mkdir /data && chown deno:deno /data /app
USER deno
ENV HOST=0.0.0.0 PORT=8000 DATA_DIR=/data
EXPOSE 8000
CMD ["deno", "task", "start"]
