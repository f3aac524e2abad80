"""Given names by generation and sex, family names, their parts, and nicknames.

Given names stand in rough order of use within their generation; family names in rough order of use in the United
States, then composed ones, so that a few are everywhere and most are rare, as in life.
"""

from typing import Final

GENERATIONS: Final = (1900, 1950, 1970, 1985, 2000, 2013)
"""First birth year of each generation; the lists below follow them."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _generations(text: str) -> tuple[tuple[str, ...], ...]:
    """One list of names for each paragraph."""
    return tuple(_words(paragraph) for paragraph in text.split("\n\n"))


FEMALE: Final = _generations("""\
Mary Barbara Betty Patricia Shirley Dorothy Carol Joan Nancy Margaret Judith Helen Sandra Joyce Ruth Virginia Linda
Donna Janet Frances Alice Lois Marilyn Beverly Martha Doris Elizabeth Phyllis Jean Carolyn Ann Norma Evelyn Gloria
Rose Marie Peggy Ernestine Ruby Thelma Louise Irene Ida Edna Gladys Rita Wanda Juanita Elaine Jacqueline Eleanor
Florence Audrey Lucille Yvonne Sally June Bonnie Josephine Catherine Lillian Geraldine Ora

Mary Linda Susan Karen Donna Lisa Patricia Debra Deborah Cynthia Pamela Sharon Kathleen Barbara Sandra Nancy Diane
Brenda Cheryl Carol Janet Kathy Elizabeth Kimberly Teresa Denise Tammy Robin Theresa Margaret Lori Julie Laura Rebecca
Catherine Christine Kelly Gail Jane Connie Annette Paula Peggy Vicki Rhonda Tina Beverly Wendy Darlene Sherry Valerie
Yolanda Maureen Joanne Sheila Marsha Rosa Bernadette Loretta Charlene Marlene Gwendolyn

Jennifer Michelle Amy Kimberly Lisa Angela Melissa Heather Stephanie Nicole Elizabeth Rebecca Kelly Mary Christina
Laura Amanda Julie Christine Tracy Dawn Karen Andrea Tina Crystal Maria Erin Tara Rachel April Carrie Shannon Wendy
Stacy Monica Tonya Tammy Sarah Jessica Danielle Patricia Susan Jill Melanie Katherine Veronica Holly Denise Gina
Kristen Tamika Misty Latoya Bethany Robyn Kristina Leslie Yvette Marisol Guadalupe Priya Mei

Jessica Ashley Brittany Amanda Samantha Sarah Stephanie Jennifer Elizabeth Lauren Megan Emily Kayla Taylor Rachel
Courtney Amber Victoria Hannah Nicole Alexis Danielle Chelsea Rebecca Michelle Kelsey Tiffany Alyssa Jasmine Katherine
Melissa Heather Christina Kimberly Erica Anna Vanessa Shelby Erin Sara Jordan Allison Maria Mariah Caitlin Whitney
Natalie Morgan Brianna Destiny Paige Savannah Alejandra Gabriela Kiersten Bianca Desiree Latasha Ebony Mayra Brooke
Cassandra Felicia Candace Kiara Raven

Emily Madison Emma Olivia Hannah Abigail Isabella Samantha Ashley Elizabeth Sophia Alyssa Grace Ava Sarah Alexis Chloe
Natalie Ella Mia Brianna Lauren Hailey Anna Kayla Lily Victoria Addison Zoe Jasmine Sydney Julia Morgan Destiny Rachel
Maya Trinity Gabriella Leah Faith Aaliyah Brooke Katelyn Amelia Paige Audrey Ariana Kaylee Makayla Jocelyn Vanessa
Angelina Daniela Valeria Ximena Callie Skylar Amiyah Daja Carly Yaretzi Fatima

Olivia Emma Charlotte Amelia Sophia Isabella Ava Mia Evelyn Luna Harper Camila Sofia Scarlett Elizabeth Eleanor Emily
Chloe Mila Violet Penelope Gianna Aria Abigail Ella Avery Hazel Nora Layla Lily Aurora Nova Ellie Madison Grace Isla
Willow Zoe Riley Stella Eliana Ivy Victoria Emilia Zoey Naomi Hannah Lucy Elena Lillian Maya Leah Paisley Addison
Natalie Valentina Everly Delilah Leilani Madelyn Kinsley Ruby Sophie Alice Genesis Lilianna Emmy
""")

MALE: Final = _generations("""\
James Robert John William Richard Charles Donald George Thomas Joseph David Edward Ronald Kenneth Paul Frank Raymond
Jack Harold Billy Gerald Walter Jerry Eugene Henry Arthur Carl Ralph Albert Willie Larry Roger Lawrence Wayne Earl
Harry Clarence Howard Fred Louis Stanley Norman Ernest Leonard Alfred Roy Floyd Francis Herbert Melvin Marvin Leroy
Glenn Vernon Clyde Chester Lloyd Bernard Russell Leon Milton Hugh Edmund Luther Elmer

Michael David James John Robert William Mark Richard Thomas Steven Timothy Joseph Charles Jeffrey Kevin Kenneth Daniel
Paul Donald Gary Ronald Scott Gregory Larry Stephen Anthony Dennis Brian Edward Douglas George Randy Jerry Terry Bruce
Keith Roger Patrick Craig Carl Wayne Steve Peter Jose Alan Philip Danny Ricky Phillip Juan Raymond Bobby Barry Glenn
Russell Randall Dale Curtis Jimmy Victor Vincent Dwight Darryl Rodney Guy Marcus

Michael Christopher Jason David James John Robert Brian William Matthew Joseph Daniel Kevin Eric Jeffrey Richard Scott
Mark Steven Timothy Anthony Thomas Charles Joshua Ryan Jeremy Paul Andrew Gregory Chad Kenneth Jonathan Stephen Shawn
Aaron Adam Patrick Justin Sean Edward Todd Donald Ronald Benjamin Jose Keith Bryan Gary Nathan Derrick Carlos Travis
Brandon Marcus Shane Troy Craig Jermaine Terrence Luis Victor Hector Raul Omar Clayton Neil

Michael Christopher Matthew Joshua Andrew Daniel Tyler David James Joseph Brandon Nicholas Ryan John Justin Jacob
Zachary Robert Anthony William Jonathan Kyle Kevin Alexander Eric Cody Thomas Steven Aaron Brian Jordan Timothy
Benjamin Adam Richard Dylan Sean Charles Nathan Patrick Jose Jeremy Samuel Austin Travis Juan Jesus Stephen Cameron
Dustin Trevor Marcus Luis Bradley Derek Corey Mohamed Garrett Devin Darius Johnathan Uriel Brett Spencer Wesley
Terrell Malik Andre

Jacob Michael Matthew Joshua Ethan Andrew Daniel Christopher Anthony William Joseph Alexander David Ryan Nicholas
Tyler James John Jonathan Nathan Samuel Christian Noah Dylan Benjamin Logan Brandon Gabriel Elijah Aiden Angel Jack
Luke Jordan Gavin Caleb Mason Isaac Jose Evan Kevin Isaiah Connor Zachary Justin Aaron Robert Thomas Jayden Landon
Hunter Cameron Luis Adrian Julian Juan Diego Xavier Omar Cole Kaden Bryce Alan Ivan Easton

Liam Noah Oliver James Elijah Mateo Theodore Henry Lucas William Benjamin Levi Sebastian Jack Ezra Michael Daniel Leo
Owen Samuel Hudson Alexander Asher Luca Ethan John David Jackson Joseph Mason Luke Matthew Julian Dylan Elias Jacob
Maverick Gabriel Logan Aiden Thomas Isaac Miles Grayson Santiago Anthony Wyatt Carter Jayden Ezekiel Caleb Cooper
Josiah Charles Christopher Nolan Isaiah Nathan Angel Cameron Waylon Kai Landon Dante
""")

_NICKNAMES: Final = _words("""\
Alexander:Alex Alexis:Lexi Amanda:Mandy Andrea:Andi Andrew:Andy Anthony:Tony Barbara:Barb Benjamin:Ben Bradley:Brad
Brittany:Britt Cassandra:Cassie Catherine:Cathy Charles:Chuck Charlotte:Lottie Christina:Tina Christine:Chris
Christopher:Chris Clayton:Clay Curtis:Curt Cynthia:Cindy Daniel:Dan Danielle:Dani David:Dave Deborah:Debbie Debra:Deb
Dennis:Denny Donald:Don Dorothy:Dot Douglas:Doug Edmund:Eddie Edward:Ed Eleanor:Ellie Elizabeth:Liz Emily:Em
Eugene:Gene Evelyn:Evie Florence:Flo Frances:Fran Francis:Frank Gabriel:Gabe Gerald:Jerry Geraldine:Gerry Gregory:Greg
Gwendolyn:Gwen Harold:Hal Harry:Hank Henry:Hank Herbert:Herb Isabella:Bella Jacob:Jake Jacqueline:Jackie James:Jim
Janet:Jan Jeffrey:Jeff Jennifer:Jen Jessica:Jess John:Jack Jonathan:Jon Joseph:Joe Joshua:Josh Josephine:Josie
Judith:Judy Katherine:Kate Kathleen:Kathy Kenneth:Ken Kevin:Kev Kimberly:Kim Kristina:Kris Lawrence:Larry Leonard:Len
Lillian:Lily Linda:Lyn Louis:Lou Louise:Lou Madison:Maddie Margaret:Peggy Martha:Marty Mary:Polly Matthew:Matt
Megan:Meg Melissa:Missy Michael:Mike Michelle:Shelly Nancy:Nan Natalie:Nat Nathan:Nate Nicholas:Nick Nicole:Nicky
Olivia:Liv Pamela:Pam Patricia:Pat Patrick:Pat Penelope:Penny Peter:Pete Philip:Phil Phillip:Phil Phyllis:Phyl
Rachel:Rae Raymond:Ray Rebecca:Becky Richard:Rick Robert:Bob Ronald:Ron Russell:Russ Samantha:Sam Samuel:Sam
Sandra:Sandy Sarah:Sally Sebastian:Seb Sharon:Shari Shirley:Shirl Sophia:Sophie Stanley:Stan Stephanie:Steph
Stephen:Steve Steven:Steve Susan:Sue Tammy:Tam Teresa:Terri Terrence:Terry Theodore:Ted Theresa:Tess Thomas:Tom
Timothy:Tim Valerie:Val Veronica:Ronnie Victor:Vic Victoria:Vicky Vincent:Vince Virginia:Ginny Walter:Walt Wesley:Wes
William:Bill Zachary:Zach
""")
NICKNAMES: Final = dict(pair.split(":") for pair in _NICKNAMES)

FAMILY: Final = _words("""\
Smith Johnson Williams Brown Jones Garcia Miller Hernandez Davis Rodriguez Martinez Gonzalez Lopez Anderson Wilson
Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young
Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter
Roberts Gomez Phillips Evans Turner Diaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales Murphy Cook Rogers
Gutierrez Ortiz Morgan Cooper Peterson Bailey Reed Kelly Howard Ramos Kim Cox Ward Richardson Watson Brooks Chavez
Wood James Bennett Gray Mendoza Ruiz Hughes Price Alvarez Castillo Sanders Patel Myers Long Ross Foster Jimenez Powell
Jenkins Perry Russell Sullivan Bell Coleman Butler Henderson Barnes Gonzales Fisher Vasquez Simmons Romero Jordan
Patterson Alexander Hamilton Graham Reynolds Griffin Wallace Moreno West Cole Hayes Bryant Herrera Gibson Ellis Tran
Medina Aguilar Stevens Murray Ford Castro Marshall Owens Harrison Fernandez McDonald Woods Washington Kennedy Wells
Vargas Henry Chen Freeman Webb Tucker Guzman Burns Crawford Olson Simpson Porter Hunter Gordon Mendez Silva Shaw
Snyder Mason Dixon Munoz Hunt Hicks Holmes Palmer Wagner Black Robertson Boyd Rose Stone Salazar Fox Warren Mills
Meyer Rice Schmidt Garza Daniels Ferguson Nichols Stephens Soto Weaver Ryan Gardner Payne Grant Dunn Kelley Spencer
Hawkins Arnold Pierce Hansen Peters Santos Hart Bradley Knight Elliott Cunningham Duncan Armstrong Hudson Carroll Lane
Riley Andrews Alvarado Ray Delgado Berry Perkins Hoffman Johnston Matthews Pena Richards Contreras Willis Carpenter
Lawrence Sandoval Guerrero George Chapman Rios Estrada Ortega Watkins Greene Nunez Wheeler Valdez Harper Burke Larson
Santiago Maldonado Morrison Franklin Carlson Austin Dominguez Carr Lawson Jacobs OBrien Lynch Singh Vega Bishop
Montgomery Oliver Jensen Harvey Williamson Gilbert Dean Sims Espinoza Howell Li Wong Reid Hanson Le McCoy Garrett
Burton Fuller Wang Weber Welch Rojas Lucas Marquez Fields Park Yang Little Banks Padilla Day Walsh Bowman Schultz Luna
Fowler Mejia Cohen Klein Kaplan Rosen Novak Kowalski Romano Esposito Rossi Ferrara Moretti Dubois Laurent Okafor
Mensah Adeyemi Ahmed Hussain Khan Sato Tanaka Yamamoto Choi Huang Lin Pham Vu Ivanov Petrov Haddad
""")

FAMILY_STARTS: Final = _words("""\
Ash Black Brad Brook Burn Cald Carl Chat Clay Cot Craw Dal Den East El Fair Farn Gar Glen Gold Grant Green Had Hal Ham
Har Hart Hay Hazel Hen High Hol Hom Hunt Kel Kings Lan Lang Lin Lock Long Mans Mar Mea Mid Mill New Nor Oak Old Pem
Pen Pres Rad Ray Red Rich Ridge Rock Rose Roth Ru Sand Shel Sher South Stan Stock Stone Strat Sum Sut Thorn Town Tur
Under Wade Wake Wal War Web Wel West Whit Wil Win Wood Wor Yar
""")

FAMILY_ENDS: Final = _words("""\
ard berg berry bourne bridge brook burn burg bury by cliff combe cott croft dale den don dorf dyke el er ett feld
field fold ford gate grove ham hart haven hill holm holt house hurst ing ins ken kin land ler ley lin lock low man
mann mark mer mont more mount nell ney ock over pole port ridge ring row sell sen shaw shire side ski son stad stead
stein sted stern stock ston street ter thorn thwaite ton tree vale vey ville wald ward wark way well wick wig win wood
worth yard
""")
