namespace Luware.Portal.SignIn;

/// <summary>The sign-in was valid, but the invitation or the link to a handed step with which it began was not, or no longer.</summary>
internal sealed class LinkRefusedException(string page) : Exception("The link with which the sign-in began let nobody in.")
{
    /// <summary>The page that says so.</summary>
    public string Page => page;
}
