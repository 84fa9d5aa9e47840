using ActorNet.Server.Access;
using ActorNet.Server.Administration;
using ActorNet.Server.Settings;
using ActorNet.Server.Tests.Auth;
using ActorNet.Server.Tests.Settings;

namespace ActorNet.Server.Tests.Administration;

public sealed class MissingRolesTests
{
    private static readonly AccessSettings Access = ServerSettings.From(ReferenceConfig.Load()).Access;

    [Fact]
    public void A_role_that_the_configuration_does_not_have_is_told_once_with_how_many_have_it()
    {
        var book = TestAccounts.Book(
            TestAccounts.Alice with { Roles = ["admin", "staff"] }, TestAccounts.Bob with { Roles = ["staff", "old"] });

        Assert.Equal(
            [
                "There is no role 'old' in actornet.access.roles; accounts that have it, and get nothing by it: 1",
                "There is no role 'staff' in actornet.access.roles; accounts that have it, and get nothing by it: 2",
            ],
            MissingRoles.Warnings(book, Access));
    }

    [Fact]
    public void Roles_that_are_there_are_no_matter() =>
        Assert.Empty(MissingRoles.Warnings(TestAccounts.Book(TestAccounts.Alice with { Roles = ["admin", "member"] }), Access));
}
