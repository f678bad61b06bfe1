using System.Reflection;
using FluentValidation;
using FluentValidation.Results;
using Mes.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Mes.Web.Commands;

/// <summary>Finds the validators of a module and runs the one for a request before its handler.</summary>
static class RequestValidation
{
    /// <summary>What to do about a body that is missing.</summary>
    public const string MissingHint =
        "Send the command as a JSON body with Content-Type application/json; one without values is {}.";

    public static void AddValidators(this IServiceCollection services, Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(type => !type.IsAbstract))
        {
            foreach (var contract in type.GetInterfaces().Where(IsValidator))
            {
                services.AddSingleton(contract, type);
            }
        }
    }

    /// <summary>The validators for a handler's parameters, by position.</summary>
    public static (int Position, IValidator Validator)[] For(MethodInfo handler, IServiceProvider services) =>
        [.. handler.GetParameters()
            .Select((parameter, position) => (position, (IValidator?)services.GetService(
                typeof(IValidator<>).MakeGenericType(parameter.ParameterType))))
            .Where(pair => pair.Item2 is not null).Select(pair => (pair.position, pair.Item2!))];

    public static void Check(object? request, IValidator validator)
    {
        if (request is null)
        {
            throw RuleViolation.Malformed("body-missing", MissingHint);
        }
        var result = validator.Validate(new ValidationContext<object>(request));
        if (result.IsValid)
        {
            return;
        }
        var first = result.Errors[0];
        throw RuleViolation.Malformed(
            first.ErrorCode == InputBounds.InvalidCode ? first.ErrorCode : "invalid-value", first.ErrorMessage,
            ("field", CamelCase(first.PropertyName)), ("value", Shown(first)),
            ("errors", result.Errors.Select(e =>
                new { field = CamelCase(e.PropertyName), value = Shown(e), hint = e.ErrorMessage })));

        object? Shown(ValidationFailure failure) => SecretContentAttribute.Hides(request.GetType(), failure.PropertyName)
            ? JsonCheck.Hidden
            // A number that is no member of its enum has no name to be written as
            : failure.AttemptedValue is Enum number ? number.ToString() : failure.AttemptedValue;
    }

    static string CamelCase(string path) => string.Join('.', path.Split('.').Select(
        part => part.Length == 0 ? part : char.ToLowerInvariant(part[0]) + part[1..]));

    static bool IsValidator(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IValidator<>);
}
