using Mes.Inventory.Domain;
using Mes.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using static Mes.Tests.Support.EndpointAnswers;
using static Mes.Tests.Support.EndpointPermissions;

namespace Mes.Architecture.Tests;

/// <summary>An endpoint answers with a record of its own: no entity as an answer.</summary>
public sealed class AnswerTests(Modules modules) : IClassFixture<Modules>
{
    static readonly HashSet<Type> Lots = [typeof(Lot)];

    [Fact]
    public void No_endpoint_answers_with_an_entity()
    {
        modules.Entities.ShouldContain(typeof(Lot));
        modules.Endpoints.Count(endpoint => endpoint.Metadata.GetMetadata<IProducesResponseTypeMetadata>()?.Type is not null)
            .ShouldBeGreaterThan(100);
        Entities(modules.Endpoints, modules.Entities).ShouldBeEmpty();
    }

    [Fact]
    public void No_endpoint_hides_its_answer() => Hidden(modules.Endpoints).ShouldBeEmpty();

    [Theory]
    [InlineData(typeof(Lot))]
    [InlineData(typeof(Lot[]))]
    [InlineData(typeof(List<Lot>))]
    [InlineData(typeof(Page<Lot>))]
    [InlineData(typeof(Ok<Lot>))]
    [InlineData(typeof(Results<Ok<Page<Lot>>, NotFound>))]
    [InlineData(typeof(Dictionary<string, Lot>))]
    [InlineData(typeof(Holds))]
    [InlineData(typeof(IReadOnlyList<Deeper>))]
    [InlineData(typeof(Derived))]
    [InlineData(typeof(Listed))]
    public void An_entity_as_answer_is_found(Type answer) => Entities([Seeded(new Answers(answer))], Lots).ShouldHaveSingleItem();

    [Fact]
    public void An_entity_that_only_the_handler_names_is_found() =>
        Entities([Seeded(((Func<Task<Lot?>>)Nothing).Method)], Lots).ShouldHaveSingleItem();

    [Theory]
    [InlineData(typeof(LotStatus))]
    [InlineData(typeof(Page<string>))]
    [InlineData(typeof(NoContent))]
    public void Another_answer_is_left_alone(Type answer) => Entities([Seeded(new Answers(answer))], Lots).ShouldBeEmpty();

    [Fact]
    public void A_hidden_answer_is_found()
    {
        Hidden([Seeded(((Func<IResult>)Any).Method)]).ShouldHaveSingleItem();
        Hidden([Seeded(((Func<Task<IResult>>)AnyLater).Method)]).ShouldHaveSingleItem();
        Hidden([Seeded(((Func<Task<Lot?>>)Nothing).Method)]).ShouldBeEmpty();
    }

    static Task<Lot?> Nothing() => Task.FromResult<Lot?>(null);

    static IResult Any() => TypedResults.Ok();

    static Task<IResult> AnyLater() => Task.FromResult(Any());

    sealed record Holds(Lot? Lot);

    sealed record Deeper(IReadOnlyDictionary<string, Holds[]> Holds);

    record Base(Lot Lot);

    sealed record Derived(Lot Lot) : Base(Lot);

    sealed class Listed : List<Lot>;

    sealed class Answers(Type type) : IProducesResponseTypeMetadata
    {
        public Type Type => type;

        public int StatusCode => 200;

        public IEnumerable<string> ContentTypes => ["application/json"];
    }
}
