# The desk as one process: `Support.Server serve`, for compose.yaml. Not built yet where this was written: docs/azure.md lists the checks.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
RUN dotnet publish server/Support.Server.csproj -c Release -r linux-x64 --self-contained -p:PublishReadyToRun=true -p:DebugType=none -o /desk

FROM mcr.microsoft.com/dotnet/runtime-deps:10.0
# pdftotext reads PDF files; curl is for the health check.
RUN apt-get update && apt-get install -y --no-install-recommends poppler-utils curl && rm -rf /var/lib/apt/lists/*
COPY --from=build /desk /desk
USER $APP_UID
WORKDIR /desk
ENV Support__Http__Url=http://0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=4s --start-period=60s CMD curl --silent --fail http://127.0.0.1:8080/health
ENTRYPOINT ["/desk/Support.Server", "serve"]
