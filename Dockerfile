# Two stages: the first installs from the same lock as `make`, the second runs as a user without rights.
FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
# On Linux, torch from the public registry brings CUDA packages of several gigabytes along. To leave them out,
# build with --build-arg PIP_EXTRA_INDEX_URL=... naming an index that has torch's CPU builds.
ARG PIP_EXTRA_INDEX_URL
WORKDIR /src
RUN python -m venv /opt/accord
COPY requirements.lock .
RUN /opt/accord/bin/pip install -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY accord accord
COPY bot bot
COPY corpus corpus
COPY evals evals
COPY ingest ingest
RUN /opt/accord/bin/pip install --no-deps .

FROM python:3.11-slim-bookworm
RUN useradd --create-home --uid 10001 accord && install -d -o accord -g accord /data
COPY --from=build /opt/accord /opt/accord
ENV PATH=/opt/accord/bin:$PATH ACCORD_DATA_DIR=/data PYTHONUNBUFFERED=1
USER accord
WORKDIR /home/accord
VOLUME /data
# The bot writes this file while Discord's gateway answers its heartbeat; an old one means that it hangs.
HEALTHCHECK --interval=30s --timeout=10s --start-period=90s --retries=3 \
    CMD ["python", "-c", "import pathlib, sys, time; sys.exit(time.time() - pathlib.Path('/data/bot.alive').stat().st_mtime > 120)"]
CMD ["accord", "bot"]
