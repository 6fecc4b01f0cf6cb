using Luware.Onboarding.Steps.ChatCapture;

namespace Luware.Onboarding.Tests.Steps.ChatCapture;

public sealed class ChatCaptureOptionsTests
{
    [Fact]
    public void Good_settings_are_taken() => Settings().Faults().ShouldBeEmpty();

    [Fact]
    public void Every_fault_names_its_key()
    {
        var options = Settings();
        options.Article = "http://help.example.com";
        options.Permissions.Add(new PermissionSettings { Name = " ", Id = "chat" });
        options.AttachmentPermissions.Add(new PermissionSettings { Name = "Chat.Read.All", Id = options.Permissions[0].Id });

        var faults = options.Faults().ToList();

        faults.Count.ShouldBe(4);
        faults.ShouldContain(f => f.StartsWith("ChatCapture:Article", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("ChatCapture:Permissions:1:Name", StringComparison.Ordinal));
        faults.ShouldContain(f => f.StartsWith("ChatCapture:Permissions:1:Id", StringComparison.Ordinal));
        faults.ShouldContain(f => f.Contains("twice", StringComparison.Ordinal));
    }

    [Fact]
    public void A_chat_application_without_permissions_would_prove_nothing() =>
        new ChatCaptureOptions { Article = "https://help.example.com" }.Faults().ShouldHaveSingleItem().ShouldContain("ChatCapture:Permissions is empty");

    private static ChatCaptureOptions Settings() => new()
    {
        Article = "https://help.example.com",
        Permissions = { new PermissionSettings { Name = "Chat.Read.All", Id = "6b7d71aa-70aa-4810-a8d9-5d9fb2830017" } },
    };
}
