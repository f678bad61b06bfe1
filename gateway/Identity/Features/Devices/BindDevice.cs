using FluentValidation;
using Mes.Gateway.Credentials;
using Mes.Gateway.Identity.Data;
using Mes.Web;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Gateway.Identity.Features.Devices;

/// <summary>Tells this browser that it is the registered device of this key.</summary>
/// <param name="Secret">The device's key.</param>
public sealed record BindDevice([property: SecretContent] string Secret);

sealed class BindDeviceValidator : AbstractValidator<BindDevice>
{
    public BindDeviceValidator() => RuleFor(device => device.Secret).IsSecret();
}


static class BindDeviceEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/device", Handle)
        .Named("bindDevice", "Bind this browser to a registered device").IsOfThisBrowser();

    static async Task<Results<Ok<TerminalView>, ProblemHttpResult>> Handle(
        BindDevice request, HttpContext context, IdentityDb db, CredentialStore store, SecurityLog log, TimeProvider clock)
    {
        var device = await store.FindDeviceAsync(request.Secret, context.RequestAborted);
        if (device is null)
        {
            log.UnknownCredential(context);
            return Refusal.WrongCredentials();
        }
        Cookies.SetDevice(context, request.Secret, clock.GetUtcNow());
        return TypedResults.Ok(await db.ShowDevice(device, context.RequestAborted));
    }
}
