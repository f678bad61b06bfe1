using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mes.Web.Auth;

/// <summary>Signs a request in by the ticket it carries; answers 401 and 403 as problem details.</summary>
sealed class TicketAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    TicketValidator validator) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    static readonly Task<AuthenticateResult> None = Task.FromResult(AuthenticateResult.NoResult());

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers[Ticket.Header];
        return header.Count switch
        {
            0 => None,
            1 => Task.FromResult(validator.Validate(header[0]!)),
            _ => Task.FromResult(TicketFaults.Several),
        };
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        AuthProblems.NotSignedIn(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        AuthProblems.NotPermitted(Context);
}
