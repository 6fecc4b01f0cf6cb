using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Luware.Onboarding.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class NamesOnce : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // In a transaction, which the provider's own way is not: it copies the tables.
            migrationBuilder.Sql("""ALTER TABLE "Invitations" DROP COLUMN "AcceptorName";""");
            migrationBuilder.Sql("""ALTER TABLE "Invitations" DROP COLUMN "CreatorName";""");
            migrationBuilder.Sql("""ALTER TABLE "ColleagueLinks" DROP COLUMN "ColleagueName";""");
            migrationBuilder.Sql("""ALTER TABLE "ColleagueLinks" DROP COLUMN "SenderName";""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "AcceptorName",
                table: "Invitations",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CreatorName",
                table: "Invitations",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "ColleagueName",
                table: "ColleagueLinks",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SenderName",
                table: "ColleagueLinks",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "");
        }
    }
}
