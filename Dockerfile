# One image recipe for every service: docker build --build-arg PROJECT=services/Inventory/Mes.Inventory.csproj .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
ARG PROJECT
RUN dotnet publish "$PROJECT" -c Release -o /app -p:UseAppHost=false && \
    printf '{"entry":"%s.dll"}' "$(basename "$PROJECT" .csproj)" > /app/entry.json && \
    ln -s "$(basename "$PROJECT" .csproj).dll" /app/service.dll && \
    cp "/app/$(basename "$PROJECT" .csproj).runtimeconfig.json" /app/service.runtimeconfig.json && \
    cp "/app/$(basename "$PROJECT" .csproj).deps.json" /app/service.deps.json

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
USER $APP_UID
ENV ASPNETCORE_HTTP_PORTS=8080
EXPOSE 8080
ENTRYPOINT ["dotnet", "service.dll"]
