# One image recipe for every service: docker build --build-arg PROJECT=services/Inventory/Mes.Inventory.csproj .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
# All of them in one layer, which the images share: what the services have in common is restored and built once.
RUN for project in gateway/Mes.Gateway.csproj services/*/Mes.*.csproj; do \
      dotnet publish "$project" -c Release -o "/out/$project" -p:UseAppHost=false || exit 1; \
    done

FROM mcr.microsoft.com/dotnet/aspnet:10.0
ARG PROJECT
WORKDIR /app
COPY --from=build /out/$PROJECT .
RUN ln -s "$(basename "$PROJECT" .csproj).dll" service.dll
USER $APP_UID
ENV ASPNETCORE_HTTP_PORTS=8080
EXPOSE 8080
ENTRYPOINT ["dotnet", "service.dll"]
